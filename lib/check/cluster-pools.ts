import { sorted } from '../model/cluster';
import { CPU } from '../model/names';
import { toMebibytes } from '../model/quantity';
import { own } from '../own';
import type { ClusterFile } from '../schema/cluster';
import { checkSize } from './instance-size';
import { gpuOf } from './pools';
import { checkKey, keysOf } from './references';
import type { Report } from './reporter';

/** One pool for each kind of node and whom it is for, the shared CPU pool among them. */
export function checkPools({ spec }: ClusterFile, tenants: readonly string[], report: Report): void {
  const seen = new Map<string, string>();
  for (const [name, pool] of sorted(spec.pools)) {
    const at = ['spec', 'pools', name];
    const { tenant } = pool;
    if (tenant !== undefined) {
      checkKey(report, [...at, 'tenant'], tenant, { what: 'tenant', where: 'tenants/', keys: tenants });
    }
    for (const [index, zone] of (pool.zones ?? []).entries()) {
      checkKey(report, [...at, 'zones', index], zone, {
        what: 'zone',
        where: 'spec.zones',
        keys: spec.zones,
      });
    }
    if ('gpu' in pool) {
      checkKey(report, [...at, 'gpu'], pool.gpu, keysOf(spec.gpuTypes, 'GPU type', 'spec.gpuTypes'));
    } else if (!pool.capacity.includes('on-demand')) {
      report([...at, 'capacity'], 'capacity', 'a pool of CPU nodes needs on-demand: Ray heads run there');
    }
    const nodes = 'gpu' in pool ? `GPU type ${pool.gpu}` : 'CPU nodes';
    const purpose = `${nodes} for ${tenant === undefined ? 'all tenants' : `tenant ${tenant}`}`;
    const other = seen.get(purpose);
    if (other !== undefined) {
      report(
        at,
        'one-pool',
        `pools "${other}" and "${name}" both have ${purpose}`,
        'two pools would double the limit; one pool with both capacity types falls back by itself',
      );
    }
    seen.set(purpose, name);
  }
  const cpu = own(spec.pools, CPU);
  if (cpu === undefined || 'gpu' in cpu || cpu.tenant !== undefined) {
    report(['spec', 'pools'], 'cpu-pool', `the shared pool of CPU nodes, named "${CPU}", is missing`);
  }
}

/** Every GPU type has a pool, and an instance that holds one GPU with what it brings along. */
export function checkGpuTypes({ spec }: ClusterFile, report: Report): void {
  for (const [type, { families, perGpu }] of sorted(spec.gpuTypes)) {
    const at = ['spec', 'gpuTypes', type];
    if (!Object.values(spec.pools).some((pool) => gpuOf(pool) === type)) {
      report(at, 'gpu-pool', `no pool has GPU type "${type}"`, 'add it to spec.pools');
    }
    const size = { cpu: perGpu.cpu, memory: toMebibytes(perGpu.memory), gpus: 1 };
    checkSize(size, families, `GPU type ${type}`, [...at, 'perGpu'], report);
  }
}
