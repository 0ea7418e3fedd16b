import type { Pointer } from '../issue';
import { quotaSpec } from '../model/placement';
import { own } from '../own';
import type { ClusterFile } from '../schema/cluster';
import type { TenantFile } from '../schema/tenant';
import { formatPointer, type Report } from './reporter';

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
    `granted: ${Object.keys(granted).sort().join(', ') || 'none'}; add it to ${formatPointer(quotaPointer(tenant, name, 'gpus'))}`,
  );
  return false;
}
