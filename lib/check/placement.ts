import type { Pointer } from '../issue';
import { sorted } from '../model/cluster';
import { clusterNames, quotaSpec } from '../model/placement';
import { own } from '../own';
import type { ClusterFile } from '../schema/cluster';
import type { TenantFile } from '../schema/tenant';
import { checkRay } from './ray';
import { checkKey } from './references';
import type { Report } from './reporter';

/** What a tenant file asks of one cluster: everything it names is in the catalogue and granted. */
export function checkPlacement(tenant: TenantFile, cluster: ClusterFile, report: Report): void {
  checkGrants(tenant, cluster, report);
  checkProfiles(tenant, cluster, report);
  checkDatasets(tenant, cluster, report);
  checkRay(tenant, cluster, report);
}

/** Where a field of the quota that holds on a cluster is written. */
export function quotaPointer(
  tenant: TenantFile,
  cluster: string,
  field: 'cpu' | 'memory' | 'storage' | 'gpus',
): Pointer {
  const { clusters } = tenant.spec;
  const overridden = !Array.isArray(clusters) && own(clusters, cluster)?.quota?.[field] !== undefined;
  return overridden ? ['spec', 'clusters', cluster, 'quota', field] : ['spec', 'quota', field];
}

function checkGrants(tenant: TenantFile, cluster: ClusterFile, report: Report): void {
  const name = cluster.metadata.name;
  for (const [type] of sorted(quotaSpec(tenant.spec, name).gpus ?? {})) {
    const pointer = [...quotaPointer(tenant, name, 'gpus'), type];
    const known = checkKey(report, pointer, type, {
      what: 'GPU type',
      where: `gpuTypes of cluster ${name}`,
      keys: Object.keys(cluster.spec.gpuTypes),
    });
    const pools = Object.values(cluster.spec.pools).filter((pool) => 'gpu' in pool && pool.gpu === type);
    const open = pools.some((pool) => pool.tenant === undefined || pool.tenant === tenant.metadata.name);
    if (known && !open) {
      report(
        pointer,
        'dedicated-pool',
        `all pools of GPU type "${type}" of cluster ${name} belong to other tenants`,
      );
    }
  }
}

function checkProfiles(tenant: TenantFile, cluster: ClusterFile, report: Report): void {
  const name = cluster.metadata.name;
  const written = tenant.spec.notebooks?.profiles;
  for (const [index, profile] of (written ?? cluster.spec.defaults.profiles).entries()) {
    const pointer = written === undefined ? ['spec', 'notebooks'] : ['spec', 'notebooks', 'profiles', index];
    const keys = Object.keys(cluster.spec.profiles);
    if (!checkKey(report, pointer, profile, { what: 'profile', where: `profiles of cluster ${name}`, keys }))
      continue;
    const gpu = own(cluster.spec.profiles, profile)?.gpu;
    if (gpu !== undefined) checkGranted(tenant, cluster, gpu, pointer, report);
  }
}

/** A GPU type can be used where the quota on this cluster lists it. */
export function checkGranted(
  tenant: TenantFile,
  cluster: ClusterFile,
  type: string,
  pointer: Pointer,
  report: Report,
): boolean {
  const name = cluster.metadata.name;
  const granted = quotaSpec(tenant.spec, name).gpus ?? {};
  if (own(granted, type) !== undefined) return true;
  report(
    pointer,
    'gpu-not-granted',
    `GPU type "${type}" is not in the quota of the tenant on cluster ${name}`,
    `granted: ${Object.keys(granted).sort().join(', ') || 'none'}; add it to spec.quota.gpus`,
  );
  return false;
}

function checkDatasets({ metadata, spec }: TenantFile, cluster: ClusterFile, report: Report): void {
  const { datasets } = cluster.spec;
  for (const [index, key] of (spec.datasets ?? []).entries()) {
    const pointer = ['spec', 'datasets', index];
    const keys = Object.keys(datasets).sort();
    const where = `datasets of cluster ${cluster.metadata.name}`;
    if (!checkKey(report, pointer, key, { what: 'dataset', where, keys })) continue;
    const readers = own(datasets, key)?.readers;
    if (readers === undefined || readers === 'all' || readers.includes(metadata.name)) continue;
    report(
      pointer,
      'dataset-not-granted',
      `dataset "${key}" of cluster ${cluster.metadata.name} may be read by ${readers.join(', ')} only`,
      `the platform team grants it: add "${metadata.name}" to its readers in clusters/${cluster.metadata.name}.yaml`,
    );
  }
}

/** Clusters of a tenant, as a set for look-ups. */
export function livesOn(tenant: TenantFile): ReadonlySet<string> {
  return new Set(clusterNames(tenant.spec));
}
