import { loadPlatform } from '../check/platform';
import type { Budget, Placement } from '../model/platform';
import { formatCores, formatMebibytes } from '../model/quantity';
import type { Command } from './command';
import { printIssues } from './issues';

const HEADINGS = [
  'TENANT',
  'CLUSTER',
  'STATE',
  'MEMBERS',
  'CPU',
  'MEMORY',
  'STORAGE',
  'GPUS',
  'RAY',
  'OWNER',
];

/** Lists every tenant on every cluster. */
export const list: Command = {
  name: 'list',
  summary: 'List tenants, one line for each cluster they live on.',
  options: [],
  examples: [['tenantry list', 'show who has what; amounts are interactive+jobs']],
  run(context) {
    const { platform, issues } = loadPlatform(context.root);
    if (platform === undefined) {
      printIssues(context, issues, context.fail);
      return 1;
    }
    const rows = [...platform.placements]
      .sort((a, b) => (a.tenant < b.tenant ? -1 : a.tenant > b.tenant ? 1 : 0))
      .map(row);
    for (const line of table([HEADINGS, ...rows])) context.out(line);
    return 0;
  },
};

function row({ tenant, cluster, state, spec, quota, ray }: Placement): string[] {
  const gpus = [...quota.gpus].map(([type, budget]) => `${type}:${both(budget, String)}`);
  return [
    tenant,
    cluster.name,
    state,
    String(spec.members.admins.length + (spec.members.users?.length ?? 0)),
    both(quota.cpu, formatCores),
    both(quota.memory, formatMebibytes),
    formatMebibytes(quota.storage),
    gpus.join(',') || '-',
    [...ray.clusters, ...ray.services, ...ray.schedules].map(({ name }) => name).join(',') || '-',
    spec.owner,
  ];
}

function both({ interactive, max }: Budget, format: (amount: number) => string): string {
  return max === 0 ? format(interactive) : `${format(interactive)}+${format(max)}`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
