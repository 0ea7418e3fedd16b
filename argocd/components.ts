import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { platformLabels } from '../charts/labels';
import { addObject } from '../charts/object';
import type { Component } from '../charts/platform/component';
import type { Application } from '../imports/argoproj.io';
import { CHARTS, type ChartName, type ChartReference, type CrdSource } from '../lib/model/charts';
import { configuration, definitions } from '../lib/model/names';
import type { Cluster } from '../lib/model/platform';
import { application, applicationOf, type Source } from './application';
import { PLATFORM } from './roots';

/** CRDs come before everything that has objects of their kinds. */
const FIRST_WAVE = 0;

/**
 * The Applications of one component: CRDs, Helm chart, our own objects. The root syncs them wave by wave. They are
 * apart so that each has its own health, and so that CRDs, whose deletion deletes every object, outlive the chart.
 */
export class ComponentApplicationsChart extends Chart {
  constructor(scope: Construct, cluster: Cluster, component: Component) {
    super(scope, 'applications', { labels: platformLabels(component.name) });
    const { name, namespace, wave } = component;
    const chart = component.values === undefined ? undefined : CHARTS[name as ChartName];
    if (chart !== undefined) {
      for (const source of chart.crds) addObject(this, definitionsOf(component, source));
      addObject(
        this,
        applicationOf(helmSource(cluster, component, chart), {
          ...at(wave),
          name,
          namespace,
          project: PLATFORM,
          ...(component.madeOnce === undefined
            ? {}
            : { ignoreDifferences: component.madeOnce, syncOptions: ['RespectIgnoreDifferences=true'] }),
        }),
      );
    }
    if (component.charts !== undefined) {
      addObject(
        this,
        application(cluster, {
          ...at(chart === undefined ? wave : wave + 1),
          name: chart === undefined ? name : configuration(name),
          namespace,
          project: PLATFORM,
          path: `platform/${name}`,
        }),
      );
    }
  }
}

function helmSource(
  cluster: Cluster,
  component: Component,
  { repoURL, chart, version }: ChartReference,
): Source {
  return {
    repoURL,
    chart,
    targetRevision: version,
    helm: {
      releaseName: component.name,
      valuesObject: component.values?.(cluster) ?? {},
      // Those that the chart templates come all the same.
      skipCrds: true,
      ...(component.skipSchemaValidation === undefined ? {} : { skipSchemaValidation: true }),
    },
  };
}

function definitionsOf({ namespace }: Component, source: CrdSource): Application {
  const { name, repoURL, revision, chart, path, exclude } = source;
  return applicationOf(
    {
      repoURL,
      targetRevision: revision,
      ...(chart === undefined ? {} : { chart }),
      ...(path === undefined ? {} : { path }),
      ...(exclude === undefined ? {} : { directory: { exclude } }),
    },
    { ...at(FIRST_WAVE), name: definitions(name), namespace, project: PLATFORM, prune: false },
  );
}

function at(wave: number) {
  return { annotations: { 'argocd.argoproj.io/sync-wave': String(wave) } };
}
