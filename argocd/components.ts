import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { platformLabels } from '../charts/labels';
import { addObject } from '../charts/object';
import type { Component } from '../charts/platform/components';
import type { Cluster } from '../lib/model/platform';
import { application } from './application';
import { PLATFORM } from './roots';

/** The Application of one component of the platform; the root syncs them wave by wave. */
export class ComponentApplicationChart extends Chart {
  constructor(scope: Construct, cluster: Cluster, { name, namespace, wave }: Component) {
    super(scope, 'application', { labels: platformLabels(name) });
    addObject(
      this,
      application(cluster, {
        name,
        project: PLATFORM,
        path: `platform/${name}`,
        namespace,
        annotations: { 'argocd.argoproj.io/sync-wave': String(wave) },
      }),
    );
  }
}
