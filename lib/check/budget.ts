import type { Issue, Pointer } from '../issue';
import { type Demand, interactiveDemand, jobDemand } from '../model/demand';
import type { Budget, Placement } from '../model/platform';
import { formatMebibytes, toMebibytes, writeCores } from '../model/quantity';
import type { TenantFile } from '../schema/tenant';
import { quotaPointer } from './grants';
import type { Input } from './inputs';
import { type Report, reporter } from './reporter';

interface Resource {
  readonly field: 'cpu' | 'memory' | 'gpus';
  readonly type?: string;
  readonly name: string;
  readonly budget: Budget;
  amount(demand: Demand): number;
  format(amount: number): string;
}

const HINTS = {
  interactive: 'raise the quota, or lower max, seats or sizes',
  'jobs.max':
    'schedules wait for the jobs budget, {interactive, jobs: {guaranteed, max}}: raise it, or lower sizes',
} as const;

/** What a tenant declares fits into its own quota: interactive at its largest, each job, every home. */
export function checkBudget(tenant: Input<TenantFile>, placement: Placement, issues: Issue[]): void {
  const report = reporter(tenant.document, issues);
  const interactive = interactiveDemand(placement);
  for (const resource of resources(placement)) {
    const pointer = budgetPointer(tenant.file, placement, resource);
    compareSum(report, pointer, placement, resource, interactive, resource.budget.interactive, 'interactive');
    for (const schedule of placement.ray.schedules) {
      compareSum(report, pointer, placement, resource, jobDemand(schedule), resource.budget.max, 'jobs.max');
    }
  }
  checkStorage(tenant.file, placement, report);
}

function resources({ quota }: Placement): Resource[] {
  const onCpuNode = (demand: Demand, amount: number) => (demand.each.gpu === undefined ? amount : 0);
  return [
    {
      field: 'cpu',
      name: 'cores',
      budget: quota.cpu,
      amount: (demand) => onCpuNode(demand, demand.each.cpu),
      format: writeCores,
    },
    {
      field: 'memory',
      name: 'of memory',
      budget: quota.memory,
      amount: (demand) => onCpuNode(demand, demand.each.memory),
      format: formatMebibytes,
    },
    ...[...quota.gpus].map(
      ([type, budget]): Resource => ({
        field: 'gpus',
        type,
        name: `${type} GPUs`,
        budget,
        amount: ({ each }) => (each.gpu?.type === type ? each.gpu.count : 0),
        format: String,
      }),
    ),
  ];
}

function budgetPointer(tenant: TenantFile, { cluster }: Placement, { field, type }: Resource): Pointer {
  const pointer = quotaPointer(tenant, cluster.name, field);
  return type === undefined ? pointer : [...pointer, type];
}

function compareSum(
  report: Report,
  pointer: Pointer,
  { cluster }: Placement,
  { name, amount, format }: Resource,
  demands: readonly Demand[],
  budget: number,
  part: 'interactive' | 'jobs.max',
): void {
  const used = demands.filter((demand) => amount(demand) > 0 && demand.times > 0);
  const sum = used.reduce((total, demand) => total + amount(demand) * demand.times, 0);
  // Cores are milli-cores at heart: 0.1 + 0.2 must not exceed 0.3.
  if (Math.round(sum * 1000) <= Math.round(budget * 1000)) return;
  const terms = used.map((demand) => `${demand.what} ${demand.times} x ${format(amount(demand))}`);
  report(
    pointer,
    'quota-fits',
    `${format(sum)} ${name} are declared on cluster ${cluster.name}, ${part} is ${format(budget)}: ${terms.join(' + ')}`,
    HINTS[part],
  );
}

function checkStorage(tenant: TenantFile, { cluster, quota, notebooks }: Placement, report: Report): void {
  const { admins, users = [] } = tenant.spec.members;
  const count = admins.length + users.length;
  const home = toMebibytes(notebooks.home);
  if (home * count <= quota.storage) return;
  report(
    quotaPointer(tenant, cluster.name, 'storage'),
    'quota-fits',
    `${formatMebibytes(home * count)} of homes on cluster ${cluster.name} (${count} members x ${notebooks.home}), storage is ${formatMebibytes(quota.storage)}`,
    'raise the quota, or lower notebooks.home',
  );
}
