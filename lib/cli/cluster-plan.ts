import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadPlatform } from '../check/platform';
import { estimate, type Item, type Prices, total } from '../infrastructure/cost/estimate';
import table from '../infrastructure/cost/prices.json';
import { quotasOf } from '../infrastructure/cost/quotas';
import type { Cluster } from '../model/platform';
import { type Context, text, UsageError } from './command';
import { printIssues } from './issues';

/** What to ask AWS for before the first node starts. */
export function quotas(context: Context, name: string): number {
  return withCluster(context, name, (cluster) => {
    context.out(`vCPU quotas of EC2 in ${cluster.spec.region}, all pools at their limits:`);
    for (const { quota, code = 'code unknown', least, most, users } of quotasOf(cluster)) {
      const amount =
        least === most ? `${least}` : `${least} to ${most}, by the instance types that Karpenter takes`;
      context.out(`  ${code}  ${quota}: ${amount} (${users.join(', ')})`);
    }
    context.out(
      'aws service-quotas request-service-quota-increase --service-code ec2 --quota-code CODE --desired-value N',
    );
  });
}

/** A month of nobody at work, and a month of every pool at its limit. */
export function cost(context: Context, name: string): number {
  const prices = readPrices(context);
  return withCluster(context, name, (cluster) => {
    const { out } = context;
    const items = estimate(cluster, prices);
    const { floor, ceiling, unknown } = total(items);
    out(`A month of ${cluster.name}, ${prices.currency} in ${prices.region}, on demand:`);
    for (const item of items) out(line(item));
    out(line({ what: unknown.length === 0 ? 'total' : 'total of what is known', floor, ceiling }));
    if (unknown.length > 0) out(`unknown: ${unknown.join(', ')}`);
    if (prices.region !== cluster.spec.region) {
      out(
        `The cluster is in ${cluster.spec.region}, where prices differ: give --prices FILE in the form of lib/infrastructure/cost/prices.json`,
      );
    }
    out('Not counted: storage, traffic, logs, load balancer, taxes; spot costs less.');
    const sources = [...Object.values(prices.perHour).map(({ source }) => source), prices.instances.source];
    for (const source of sources) out(`source: ${source}`);
  });
}

function line({ what, floor, ceiling }: Item): string {
  const amount = (value: number | undefined) =>
    value === undefined ? 'unknown' : Math.round(value).toString();
  return `  ${what.padEnd(26)} ${amount(floor).padStart(10)} to ${amount(ceiling).padStart(10)}`;
}

function withCluster(context: Context, name: string, tell: (cluster: Cluster) => void): number {
  const { platform, issues } = loadPlatform(context.root);
  if (platform === undefined) {
    printIssues(context, issues, context.fail);
    return 1;
  }
  const cluster = platform.clusters.find((one) => one.name === name);
  if (cluster === undefined) {
    const names = platform.clusters.map((one) => one.name);
    throw new UsageError(`no cluster ${name}; there are: ${names.join(', ')}`);
  }
  tell(cluster);
  return 0;
}

function readPrices({ root, flags }: Context): Prices {
  const file = text(flags, 'prices');
  if (file === undefined) return table;
  try {
    const prices = JSON.parse(readFileSync(resolve(root, file), 'utf8')) as Prices;
    const { perHour, instances } = prices;
    if (
      [perHour.controlPlane, perHour.natGateway, perHour.endpoint].every(({ price }) => price >= 0) &&
      instances.perHour
    ) {
      return prices;
    }
  } catch {
    // told below
  }
  throw new UsageError(`--prices ${file}: not in the form of lib/infrastructure/cost/prices.json`);
}
