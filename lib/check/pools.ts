import type { ClusterFile, PoolSpec } from '../schema/cluster';

/** GPU type of a pool, undefined for CPU nodes. */
export function gpuOf(pool: PoolSpec): string | undefined {
  return 'gpu' in pool ? pool.gpu : undefined;
}

/** The pools that a tenant's pods of one kind go to: its own where it has one (like poolOf of the model). */
export function poolsOf({ spec }: ClusterFile, tenant: string, gpu: string | undefined): PoolSpec[] {
  const pools = Object.values(spec.pools).filter((pool) => gpuOf(pool) === gpu);
  const own = pools.filter((pool) => pool.tenant === tenant);
  return own.length > 0 ? own : pools.filter((pool) => pool.tenant === undefined);
}

/** EC2 instance families of a pool. */
export function familiesOf({ spec }: ClusterFile, pool: PoolSpec): readonly string[] {
  return 'families' in pool ? pool.families : (spec.gpuTypes[pool.gpu]?.families ?? []);
}
