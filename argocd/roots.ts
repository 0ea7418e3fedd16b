import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { platformLabels } from '../charts/labels';
import { addObject } from '../charts/object';
import type { AppProject } from '../imports/argoproj.io';
import { CHARTS } from '../lib/model/charts';
import { NAMESPACE } from '../lib/model/names';
import type { Cluster } from '../lib/model/platform';
import { application, IN_CLUSTER } from './application';

/** Name of the project of everything that is not a tenant's, and of its root. */
export const PLATFORM = 'platform';

/** Repositories of Helm charts and CRDs. */
const CHART_SOURCES = Object.values(CHARTS)
  .flatMap(({ repoURL, crds }) => [repoURL, ...crds.map((source) => source.repoURL)])
  .sort();

/** What a new cluster is given by hand or by its bootstrap: one project and two roots; they bring the rest. */
export class RootsChart extends Chart {
  constructor(scope: Construct, cluster: Cluster) {
    super(scope, 'roots', { labels: platformLabels('argocd') });
    addObject<AppProject>(this, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: PLATFORM, namespace: NAMESPACE.argocd },
      spec: {
        description: 'Components of the platform, and the Applications of tenants',
        sourceRepos: [...new Set([cluster.spec.git.url, ...CHART_SOURCES])],
        destinations: [{ server: IN_CLUSTER, namespace: '*' }],
        clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      },
    });
    const root = { project: PLATFORM, namespace: NAMESPACE.argocd };
    // Two roots: components wait for each other in waves, tenants must never wait for anybody.
    addObject(this, application(cluster, { ...root, name: PLATFORM, path: 'argocd/platform' }));
    // Nor for a person: with Prune=confirm a sync holds back everything else until somebody confirms (Argo CD 3.5).
    addObject(this, application(cluster, { ...root, name: 'tenants', path: 'argocd', prune: false }));
  }
}
