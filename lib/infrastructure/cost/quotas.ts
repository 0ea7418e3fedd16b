import { INSTANCE_TYPES, type InstanceType } from '../../check/instance-types';
import type { Cluster, Pool } from '../../model/platform';
import { nodeGroupsOf } from '../node-groups';

/** A quota of EC2, in vCPUs, and what the cluster needs of it. */
export interface Need {
  readonly quota: string;
  /** Code in Service Quotas; absent where it is not known. */
  readonly code?: string;
  /** With the types that have the fewest vCPUs for what a pool may start, and with those that have the most. */
  readonly least: number;
  readonly most: number;
  /** Pools and node groups that it is for. */
  readonly users: readonly string[];
}

type Capacity = 'spot' | 'on-demand';

/** Quotas by instance family ("Amazon EC2 endpoints and quotas", AWS General Reference, read 2026-11-25). */
const QUOTAS: readonly {
  readonly families: RegExp;
  readonly [capacity: string]: { readonly quota: string; readonly code?: string } | RegExp;
}[] = [
  {
    families: /^(g|vt)\d/,
    'on-demand': { quota: 'Running On-Demand G and VT instances', code: 'L-DB2E81BA' },
    spot: { quota: 'All G and VT Spot Instance Requests', code: 'L-3819A6DF' },
  },
  {
    families: /^p5/,
    'on-demand': { quota: 'Running On-Demand P instances', code: 'L-417A185B' },
    spot: { quota: 'All P5 Spot Instance Requests', code: 'L-C4BD4855' },
  },
  {
    families: /^p[2-4]/,
    'on-demand': { quota: 'Running On-Demand P instances', code: 'L-417A185B' },
    spot: { quota: 'All P4, P3 and P2 Spot Instance Requests', code: 'L-7212CCBC' },
  },
  {
    families: /^p\d/,
    'on-demand': { quota: 'Running On-Demand P instances', code: 'L-417A185B' },
    // Sources differ about P6.
    spot: { quota: 'Spot instances of newer P families' },
  },
  {
    families: /./,
    'on-demand': {
      quota: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
      code: 'L-1216C47A',
    },
    spot: {
      quota: 'All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests',
      code: 'L-34B43A08',
    },
  },
];

/** What to ask AWS for before the first node: all pools at their limits, each capacity type by itself. */
export function quotasOf(cluster: Cluster): Need[] {
  const needs = new Map<string, Need>();
  const add = (family: string, capacity: Capacity, least: number, most: number, user: string) => {
    const found = QUOTAS.find(({ families }) => families.test(family))?.[capacity] as { quota: string };
    const before = needs.get(found.quota) ?? { ...found, least: 0, most: 0, users: [] };
    needs.set(found.quota, {
      ...before,
      least: before.least + least,
      most: before.most + most,
      users: [...before.users, user],
    });
  };
  for (const { name, instanceTypes, max } of nodeGroupsOf(cluster)) {
    const vcpus = instanceTypes.flatMap(
      (type) => INSTANCE_TYPES.find((one) => one.name === type)?.vcpu ?? [],
    );
    const [family = ''] = instanceTypes[0]?.split('.') ?? [];
    add(family, 'on-demand', max * Math.min(...vcpus), max * Math.max(...vcpus), `node group ${name}`);
  }
  for (const pool of cluster.pools) {
    const [least, most] = vcpusOf(pool);
    for (const capacity of pool.capacity) {
      add(pool.families[0] ?? '', capacity, least, most, `pool ${pool.name}`);
    }
  }
  return [...needs.values()];
}

/** A CPU pool is limited by its cores; a GPU pool by its GPUs, which come with few or many vCPUs. */
function vcpusOf({ gpu, families, limits }: Pool): [least: number, most: number] {
  if (gpu === undefined) return [limits.cpu ?? 0, limits.cpu ?? 0];
  const ratios = typesOf(families).map(({ vcpu, gpus }) => vcpu / gpus);
  const whole = (ratio: number) => Math.ceil((limits.gpus ?? 0) * ratio);
  return [whole(Math.min(...ratios)), whole(Math.max(...ratios))];
}

/** Types of families, with GPUs where the families have some. */
export function typesOf(families: readonly string[]): InstanceType[] {
  return INSTANCE_TYPES.filter(({ family }) => families.includes(family));
}
