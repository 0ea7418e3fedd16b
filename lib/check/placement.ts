import { MAX_IDLE, sorted } from '../model/cluster';
import { quotaSpec } from '../model/placement';
import { toSeconds } from '../model/quantity';
import { own } from '../own';
import type { ClusterFile } from '../schema/cluster';
import type { TenantFile } from '../schema/tenant';
import { checkGranted, quotaPointer } from './grants';
import { gpuOf, poolsOf } from './pools';
import { checkRay } from './ray';
import { checkKey, keysOf } from './references';
import type { Report } from './reporter';
import { checkBucket, checkHomeZones } from './storage';

/** What a tenant file asks of one cluster: everything it names is in the catalogue and granted. */
export function checkPlacement(tenant: TenantFile, cluster: ClusterFile, report: Report): void {
  checkGrants(tenant, cluster, report);
  checkProfiles(tenant, cluster, report);
  checkDatasets(tenant, cluster, report);
  checkIdleTimeout(tenant, cluster, report);
  checkBucket(tenant, cluster, report);
  checkHomeZones(tenant, cluster, report);
  checkRay(tenant, cluster, report);
}

function checkGrants(tenant: TenantFile, cluster: ClusterFile, report: Report): void {
  const name = cluster.metadata.name;
  for (const [type] of sorted(quotaSpec(tenant.spec, name).gpus ?? {})) {
    const pointer = [...quotaPointer(tenant, name, 'gpus'), type];
    const types = keysOf(cluster.spec.gpuTypes, 'GPU type', `gpuTypes of cluster ${name}`);
    const known = checkKey(report, pointer, type, types);
    const exists = Object.values(cluster.spec.pools).some((pool) => gpuOf(pool) === type);
    if (known && exists && poolsOf(cluster, tenant.metadata.name, type).length === 0) {
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
    const known = keysOf(cluster.spec.profiles, 'profile', `profiles of cluster ${name}`);
    // A default that is not there is told once, in the cluster file.
    if (written !== undefined) checkKey(report, pointer, profile, known);
    const gpu = own(cluster.spec.profiles, profile)?.gpu;
    const type = gpu === undefined ? undefined : own(cluster.spec.gpuTypes, gpu);
    if (gpu !== undefined && type !== undefined) checkGranted(tenant, cluster, gpu, pointer, report);
  }
}

function checkDatasets({ metadata, spec }: TenantFile, cluster: ClusterFile, report: Report): void {
  const { datasets } = cluster.spec;
  for (const [index, key] of (spec.datasets ?? []).entries()) {
    const pointer = ['spec', 'datasets', index];
    const known = keysOf(datasets, 'dataset', `datasets of cluster ${cluster.metadata.name}`);
    if (!checkKey(report, pointer, key, known)) continue;
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

function checkIdleTimeout(
  { spec }: TenantFile,
  { metadata, spec: { hub } }: ClusterFile,
  report: Report,
): void {
  const wanted = spec.notebooks?.idleTimeout;
  const most = hub?.idleTimeout ?? MAX_IDLE;
  if (wanted === undefined || toSeconds(wanted) <= toSeconds(most)) return;
  report(
    ['spec', 'notebooks', 'idleTimeout'],
    'idle-timeout',
    `the hub of cluster ${metadata.name} stops idle servers after ${most}`,
    `take ${most} or less, or raise spec.hub.idleTimeout of the cluster`,
  );
}
