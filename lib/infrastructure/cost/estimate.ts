import type { Cluster, Pool } from '../../model/platform';
import { nodeGroupsOf } from '../node-groups';
import { subnetsOf } from '../subnets';
import { typesOf } from './quotas';

/** Prices by the hour, each with where and when it was read: prices.json, or a file in its form. */
export interface Prices {
  readonly region: string;
  readonly currency: string;
  readonly perHour: Readonly<Record<'controlPlane' | 'natGateway' | 'endpoint', Price>>;
  readonly instances: { readonly source: string; readonly perHour: Readonly<Record<string, number>> };
}

interface Price {
  readonly price: number;
  readonly source: string;
}

/** One line of an estimate; undefined is a price that the table does not have. */
export interface Item {
  readonly what: string;
  /** A month with nobody at work, and one with every pool at its limit all the time. */
  readonly floor: number | undefined;
  readonly ceiling: number | undefined;
}

/** Hours of a month, as AWS counts them. */
const MONTH = 730;

/** Interface endpoints of a VPC that is made: S3, two of ECR, STS, one in each zone. */
const ENDPOINTS = 4;

/** What costs by the hour. Storage, traffic, logs, load balancers and support are not in it. */
export function estimate(cluster: Cluster, prices: Prices): Item[] {
  const { zones, network, controlPlane } = cluster.spec;
  const { perHour } = prices;
  const always = (what: string, count: number, { price }: Price): Item[] =>
    count === 0 ? [] : [{ what, floor: count * price * MONTH, ceiling: count * price * MONTH }];
  const isMade = subnetsOf(cluster.spec).length > 0;
  const nat = { zonal: zones.length, single: 1, none: 0 }[network.nat ?? 'zonal'];
  return [
    ...always('EKS control plane', 1, perHour.controlPlane),
    ...always('NAT gateways', isMade ? nat : 0, perHour.natGateway),
    ...always('VPC endpoints', isMade ? ENDPOINTS * zones.length : 0, perHour.endpoint),
    ...(controlPlane?.existing === undefined ? nodeGroupItems(cluster, prices) : []),
    ...cluster.pools.map((pool) => poolItem(pool, prices)),
  ];
}

function nodeGroupItems(cluster: Cluster, { instances }: Prices): Item[] {
  return nodeGroupsOf(cluster).map(({ name, instanceTypes, min, max }) => {
    const known = instanceTypes.map((type) => instances.perHour[type]);
    const times = (count: number, pick: (...prices: number[]) => number) =>
      known.some((price) => price === undefined) ? undefined : count * pick(...(known as number[])) * MONTH;
    return { what: `node group ${name}`, floor: times(min, Math.min), ceiling: times(max, Math.max) };
  });
}

/** An idle pool costs nothing; a full one at most what its dearest type takes for a core or a GPU, on demand. */
function poolItem({ name, gpu, families, limits }: Pool, { instances }: Prices): Item {
  const rates = typesOf(families).map(({ name: type, vcpu, gpus }) => {
    const price = instances.perHour[type];
    return price === undefined ? undefined : price / (gpu === undefined ? vcpu : gpus);
  });
  const amount = (gpu === undefined ? limits.cpu : limits.gpus) ?? 0;
  const isKnown = rates.length > 0 && rates.every((rate) => rate !== undefined);
  return {
    what: `pool ${name}`,
    floor: 0,
    ceiling: isKnown ? amount * Math.max(...(rates as number[])) * MONTH : undefined,
  };
}

/** Sums, and what they leave out. */
export function total(items: readonly Item[]) {
  const sum = (key: 'floor' | 'ceiling') => items.reduce((all, item) => all + (item[key] ?? 0), 0);
  const unknown = items.filter(({ floor, ceiling }) => floor === undefined || ceiling === undefined);
  return { floor: sum('floor'), ceiling: sum('ceiling'), unknown: unknown.map(({ what }) => what) };
}
