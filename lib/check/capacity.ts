import type { Issue } from '../issue';
import { poolOf } from '../model/cluster';
import type { Budget, Cluster, Placement, Pool } from '../model/platform';
import { formatMebibytes, writeCores } from '../model/quantity';
import type { ClusterFile } from '../schema/cluster';
import type { Input } from './inputs';
import { reporter } from './reporter';

interface Share {
  readonly tenant: string;
  readonly budget: Budget;
}

/** What is promised to tenants that run, interactive and guaranteed, fits into the pools of the cluster. */
export function checkCapacity(
  input: Input<ClusterFile>,
  cluster: Cluster,
  all: readonly Placement[],
  issues: Issue[],
): void {
  const placements = all.filter(({ allowed }) => allowed.runs);
  for (const pool of cluster.pools) {
    const { limits } = pool;
    if (pool.gpu !== undefined) {
      const type = pool.gpu;
      const shares = sharesOf(pool, cluster, placements, ({ quota }) => quota.gpus.get(type));
      compareSum(input, pool, 'gpus', limits.gpus ?? 0, `${type} GPUs`, shares, String, issues);
      continue;
    }
    const cpu = sharesOf(pool, cluster, placements, ({ quota }) => quota.cpu);
    compareSum(input, pool, 'cpu', limits.cpu ?? 0, 'cores', cpu, writeCores, issues);
    const memory = sharesOf(pool, cluster, placements, ({ quota }) => quota.memory);
    compareSum(input, pool, 'memory', limits.memory ?? 0, 'of memory', memory, formatMebibytes, issues);
  }
}

function sharesOf(
  pool: Pool,
  cluster: Cluster,
  placements: readonly Placement[],
  budgetOf: (placement: Placement) => Budget | undefined,
): Share[] {
  return placements.flatMap((placement) => {
    const budget = budgetOf(placement);
    if (budget === undefined || poolOf(cluster, placement.tenant, pool.gpu) !== pool) return [];
    return [{ tenant: placement.tenant, budget }];
  });
}

function compareSum(
  { document }: Input<ClusterFile>,
  pool: Pool,
  field: string,
  limit: number,
  unit: string,
  shares: readonly Share[],
  format: (amount: number) => string,
  issues: Issue[],
): void {
  const sum = shares.reduce((total, { budget }) => total + budget.interactive + budget.guaranteed, 0);
  if (Math.round(sum * 1000) <= limit * 1000) return;
  const largest = [...shares]
    .sort((a, b) => b.budget.interactive + b.budget.guaranteed - a.budget.interactive - a.budget.guaranteed)
    .map(({ tenant, budget }) => `${tenant} ${format(budget.interactive)} + ${format(budget.guaranteed)}`);
  const shown =
    largest.slice(0, 10).join(', ') + (largest.length > 10 ? `, and ${largest.length - 10} more` : '');
  reporter(document, issues)(
    ['spec', 'pools', pool.name, 'limits', field],
    'pool-fits',
    `tenants are promised ${format(sum)} ${unit}, the limit is ${format(limit)} (interactive + guaranteed: ${shown})`,
    'raise the limit of the pool, or lower the quota of a tenant',
  );
}
