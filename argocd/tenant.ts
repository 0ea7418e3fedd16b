import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { tenantLabels } from '../charts/labels';
import { addObject } from '../charts/object';
import type { AppProject } from '../imports/argoproj.io';
import { datasetVolume, NAMESPACE, workloads } from '../lib/model/names';
import type { Placement } from '../lib/model/platform';
import { application, IN_CLUSTER } from './application';

/** File of the Ray objects, synced apart: a sick RayCluster must not hold up quota and access. */
export const WORKLOADS_FILE = 'ray.yaml';

/** Namespaced kinds that charts/tenant renders, and nothing else (a test compares). */
const NAMESPACED_KINDS: readonly [group: string, kind: string][] = [
  ['', 'ConfigMap'],
  ['', 'LimitRange'],
  ['', 'PersistentVolumeClaim'],
  ['', 'ResourceQuota'],
  ['', 'ServiceAccount'],
  ['eks.services.k8s.aws', 'AccessEntry'],
  ['eks.services.k8s.aws', 'PodIdentityAssociation'],
  ['external-secrets.io', 'ExternalSecret'],
  ['generators.external-secrets.io', 'Password'],
  ['kueue.x-k8s.io', 'LocalQueue'],
  ['networking.k8s.io', 'Ingress'],
  ['networking.k8s.io', 'NetworkPolicy'],
  ['ray.io', 'RayCluster'],
  ['ray.io', 'RayCronJob'],
  ['ray.io', 'RayService'],
  ['rbac.authorization.k8s.io', 'Role'],
  ['rbac.authorization.k8s.io', 'RoleBinding'],
  ['s3.services.k8s.aws', 'Bucket'],
];

/** Deleting the root, in Argo CD, takes no tenant along until a person confirms. That a file is gone deletes nothing. */
const CONFIRM = { 'argocd.argoproj.io/sync-options': 'Delete=confirm' };

/** A tenant's AppProject and its two Applications. */
export class TenantApplicationsChart extends Chart {
  constructor(scope: Construct, placement: Placement) {
    super(scope, 'applications', { labels: tenantLabels(placement) });
    const { tenant, cluster } = placement;
    addObject<AppProject>(this, project(placement));
    const common = { project: tenant, path: `tenants/${tenant}`, namespace: tenant };
    addObject(
      this,
      application(cluster, {
        ...common,
        name: tenant,
        annotations: CONFIRM,
        directory: { exclude: WORKLOADS_FILE },
      }),
    );
    addObject(
      this,
      application(cluster, {
        ...common,
        name: workloads(tenant),
        annotations: { ...CONFIRM, 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' },
        directory: { include: WORKLOADS_FILE },
        // Ray objects hold no data: the last one may go without leaving an orphan, nor waiting for a person to confirm.
        allowEmpty: true,
        // Without it any sync would write the autoscaler's replicas back (gitops-engine, ignored fields are applied).
        syncOptions: ['ApplyOutOfSyncOnly=true'],
        ignoreDifferences: [
          {
            group: 'ray.io',
            kind: 'RayCluster',
            jqPathExpressions: [
              '.spec.workerGroupSpecs[].replicas',
              '.spec.workerGroupSpecs[].scaleStrategy',
            ],
          },
        ],
      }),
    );
  }
}

/** The fence around what we generate for one tenant: its namespace, its names, these kinds. */
function project({ tenant, cluster, displayName, groups, allowed, datasets }: Placement): AppProject {
  const role = (name: string, group: string, actions: string[]) => ({
    name,
    groups: [group],
    policies: actions.map(
      (action) => `p, proj:${tenant}:${name}, applications, ${action}, ${tenant}/*, allow`,
    ),
  });
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: tenant, namespace: NAMESPACE.argocd, annotations: CONFIRM },
    spec: {
      description: `Tenant ${displayName}`,
      sourceRepos: [cluster.spec.git.url],
      destinations: [{ server: IN_CLUSTER, namespace: tenant }],
      clusterResourceWhitelist: [
        { group: '', kind: 'Namespace', name: tenant },
        { group: 'kueue.x-k8s.io', kind: 'ClusterQueue', name: tenant },
        // One by one: a pattern would match volumes of a tenant whose name begins the same.
        ...datasets.map((dataset) => ({
          group: '',
          kind: 'PersistentVolume',
          name: datasetVolume(tenant, dataset),
        })),
      ],
      namespaceResourceWhitelist: NAMESPACED_KINDS.map(([group, kind]) => ({ group, kind })),
      ...(allowed.opens
        ? { roles: [role('admin', groups.admins, ['get', 'sync']), role('user', groups.users, ['get'])] }
        : {}),
    },
  };
}
