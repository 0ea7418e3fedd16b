import type { Case } from './case';

const RED = 'tenants/red.yaml';

/** Sums over a tenant and over a cluster; test/check/quota.test.ts goes through the arithmetic. */
export const SUM_CASES: readonly Case[] = [
  {
    rule: 'quota-fits',
    change: { [RED]: { 'spec.quota.cpu.interactive': 14 } },
    at: `${RED}:16:7 interactive: 14`,
    message:
      'spec.quota.cpu: 14.5 cores are declared on cluster main, interactive is 14: head of train 1 x 2 + ',
    hint: 'raise the quota, or lower max, seats or sizes',
  },
  {
    rule: 'quota-fits',
    change: { [RED]: { 'spec.quota.gpus.l4.jobs.max': 1 } },
    at: `${RED}:26:9 interactive: 3`,
    message:
      'spec.quota.gpus.l4: 2 l4 GPUs are declared on cluster main, jobs.max is 1: workers nightly/gpu 2 x 1',
    hint: 'schedules wait for the jobs budget',
  },
  {
    rule: 'quota-fits',
    change: { [RED]: { 'spec.quota.storage': '39Gi' } },
    at: `${RED}:23:14 39Gi`,
    message: 'spec.quota.storage: 40Gi of homes on cluster main (2 members x 20Gi), storage is 39Gi',
    hint: 'lower notebooks.home',
  },
  {
    rule: 'pool-fits',
    change: { 'clusters/main.yaml': { 'spec.pools.l4.limits.gpus': 3 } },
    at: 'clusters/main.yaml:56:15 3',
    message: 'tenants are promised 4 l4 GPUs, the limit is 3 (interactive + guaranteed: red 3 + 1)',
    hint: 'raise the limit of the pool',
  },
];
