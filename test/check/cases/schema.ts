import type { Case } from './case';

const RED = 'tenants/red.yaml';

/** One file by itself. */
export const SCHEMA_CASES: readonly Case[] = [
  {
    rule: 'unknown-field',
    change: { [RED]: { 'spec.quota.gpus': undefined, 'spec.quota.gpu': 4 } },
    at: `${RED}:24:5 gpu: 4`,
    message: 'spec.quota.gpu: unknown field',
    hint: 'did you mean "gpus"?',
  },
  {
    rule: 'unknown-field',
    change: { [RED]: { 'spec.ray.clusters.0.workers.0.tolerations': [] } },
    at: `${RED}:43:13 tolerations`,
    message: 'spec.ray.clusters[0].workers[0].tolerations: unknown field',
    hint: 'allowed here: name, cpu, memory',
  },
  {
    rule: 'missing-field',
    change: { [RED]: { 'spec.owner': undefined } },
    at: `${RED}:5:1 spec`,
    message: 'required field "owner" is missing',
    hint: 'owner takes an e-mail address',
  },
  {
    rule: 'wrong-type',
    change: { [RED]: { 'spec.quota.gpus.l4': '4' } },
    at: `${RED}:25:11 '4'`,
    message: 'spec.quota.gpus.l4: expected an integer or a mapping {interactive, jobs}, found string "4"',
    hint: 'remove the quotes',
  },
  {
    rule: 'wrong-type',
    change: { [RED]: { 'spec.quota.gpus': 'l4' } },
    at: `${RED}:24:11 l4`,
    message: 'spec.quota.gpus: expected a mapping, found string "l4"',
  },
  {
    rule: 'not-allowed',
    change: { [RED]: { kind: 'Tenants' } },
    at: `${RED}:2:7 Tenants`,
    message: 'kind: "Tenants" is not allowed',
    hint: 'allowed: Tenant',
  },
  {
    rule: 'bad-format',
    change: { [RED]: { 'spec.quota.storage': '40GB' } },
    at: `${RED}:23:14 40GB`,
    message: 'spec.quota.storage: "40GB" is not a size such as 512Mi, 256Gi or 2Ti',
  },
  {
    rule: 'bad-format',
    change: { [RED]: { 'spec.members.groups': { admins: 'system:masters' } } },
    at: `${RED}:13:15 system:masters`,
    message: 'does not start with "system:"',
  },
  {
    rule: 'duplicate-item',
    change: { [RED]: { 'spec.datasets': ['mnist', 'mnist'] } },
    at: `${RED}:70:7 mnist`,
    message: 'spec.datasets[1]: "mnist" is in the list twice, first as [0]',
    hint: 'remove one of them',
  },
  {
    rule: 'out-of-range',
    change: { [RED]: { 'spec.quota.cpu.interactive': -4 } },
    at: `${RED}:16:20 -4`,
    message: 'spec.quota.cpu.interactive: must be more than 0, found -4',
  },
  {
    rule: 'out-of-range',
    change: { [RED]: { 'spec.quota.gpus.l4': 1e12 } },
    at: `${RED}:25:11 1000000000000`,
    message: 'must be at most 100000',
  },
  {
    rule: 'too-short',
    change: { [RED]: { 'spec.podSecurity': { level: 'baseline', reason: 'why not' } } },
    at: `${RED}:73:13 why not`,
    message: 'spec.podSecurity.reason: must have at least 10 characters, found 7',
  },
  {
    rule: 'too-long',
    change: { [RED]: { 'spec.displayName': 'x'.repeat(81) } },
    at: `${RED}:71:16 xxx`,
    message: 'spec.displayName: must have at most 80 characters, found 81',
  },
  {
    rule: 'too-few-items',
    change: { [RED]: { 'spec.members.admins': [] } },
    at: `${RED}:8:13 []`,
    message: 'spec.members.admins: must have at least 1 item, found 0',
  },
  {
    rule: 'too-many-items',
    change: { [RED]: { 'spec.members.users': Array.from({ length: 2001 }, (_, index) => `u${index}`) } },
    at: `${RED}:11:7 - u0`,
    message: 'spec.members.users: must have at most 2000 items, found 2001',
  },
  {
    rule: 'secret-value',
    change: { [RED]: { 'spec.ray.services.0.env.KEY': `AKIA${'IOSFODNN7EXAMPLE'}` } },
    at: `${RED}:60:16 AKIA`,
    message: 'spec.ray.services[0].env.KEY: looks like an AWS access key',
    hint: 'secrets do not belong in Git',
  },
];
