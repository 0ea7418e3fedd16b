import { cluster, tenant } from '../../support/inputs';
import type { Case } from './case';

const RED = 'tenants/red.yaml';
const red = (fields: Record<string, unknown>) => ({ [RED]: fields });
const ROLE = 'arn:aws:iam::111122223333:role/ml';
const NEXT = { 'clusters/next.yaml': cluster('next', { 'spec.domain': 'next.example.com' }) };
const DEDICATED = { 'clusters/main.yaml': { 'spec.pools.l4.tenant': 'blue' } };

const IDENTITY: readonly Case[] = [
  {
    rule: 'reserved-name',
    change: { 'tenants/kueue.yaml': tenant('kueue') },
    at: 'tenants/kueue.yaml:4:9 kueue',
    message: 'metadata.name: "kueue" is reserved for the platform',
  },
  {
    rule: 'reserved-name',
    change: { 'tenants/kube-red.yaml': tenant('kube-red') },
    at: 'tenants/kube-red.yaml:4:9 kube-red',
    message: '"kube-" is reserved for Kubernetes',
  },
  {
    rule: 'reserved-name',
    change: { 'tenants/red-workloads.yaml': tenant('red-workloads') },
    at: 'tenants/red-workloads.yaml:4:9 red-workloads',
    message: '"-workloads" at the end is reserved',
  },
  {
    rule: 'unknown-reference',
    change: red({ 'spec.clusters': ['main', 'man'] }),
    at: `${RED}:14:7 man`,
    message: 'spec.clusters[1]: cluster "man" is not in clusters/',
    hint: 'did you mean "main"? it has: main',
  },
  {
    rule: 'unknown-reference',
    change: red({ 'spec.clusters': { main: {}, man: {} } }),
    at: `${RED}:14:5 man:`,
    message: 'spec.clusters.man: cluster "man" is not in clusters/',
    hint: 'did you mean "main"? it has: main',
  },
  {
    rule: 'duplicate-member',
    change: red({ 'spec.members.users': ['ada'] }),
    at: `${RED}:11:9 ada`,
    message: 'spec.members.users[0]: "ada" is already one of the admins',
    hint: 'list each name once',
  },
  {
    rule: 'duplicate-group',
    change: red({ 'spec.members.groups': { admins: 'ml', users: 'ml' } }),
    at: `${RED}:13:7 admins: ml`,
    message: 'spec.members.groups: "ml" would be the group of admins and of users',
  },
  {
    rule: 'duplicate-group',
    change: red({ 'spec.members.groups': { admins: 'tenantry:red:users' } }),
    at: `${RED}:13:7 admins: tenantry:red:users`,
    message: '"tenantry:red:users" would be the group of admins and of users',
  },
  {
    rule: 'duplicate-group',
    change: red({ 'spec.members.groups': { users: 'tenantry:blue:admins' } }),
    at: `${RED}:13:14 tenantry:blue:admins`,
    message: 'group "tenantry:blue:admins" is already bound in tenants/blue.yaml',
  },
  {
    rule: 'duplicate-role',
    change: red({
      'spec.members.roles': { admins: ROLE, users: ROLE },
    }),
    at: `${RED}:14:14 ${ROLE}`,
    message: 'role "ml" is already bound in tenants/red.yaml',
  },
  {
    rule: 'duplicate-role',
    change: {
      'tenants/blue.yaml': { 'spec.members.roles': { users: ROLE } },
      ...red({ 'spec.members.roles': { admins: ROLE } }),
    },
    at: `${RED}:13:15 ${ROLE}`,
    message: 'role "ml" is already bound in tenants/blue.yaml',
  },
  {
    rule: 'platform-role',
    change: red({ 'spec.members.roles': { admins: 'arn:aws:iam::111122223333:role/main-tenant' } }),
    at: `${RED}:13:15 arn:aws:iam::111122223333:role/main-tenant`,
    message: '"main-tenant" is a role of the platform',
  },
  {
    rule: 'reserved-name',
    change: red({ 'spec.secrets': ['ray-token'] }),
    at: `${RED}:72:7 ray-token`,
    message: 'spec.secrets[0]: "ray-token" is the Ray token of the tenant',
  },
  {
    rule: 'bucket-name',
    change: {
      'tenants/sixty-three-is-all-that-s3-t.yaml': tenant('sixty-three-is-all-that-s3-t', {
        'spec.bucket': true,
        'spec.clusters': ['a-cluster-of-a-long-name'],
      }),
      'clusters/a-cluster-of-a-long-name.yaml': cluster('a-cluster-of-a-long-name', {
        'spec.domain': 'next.example.com',
      }),
    },
    at: 'tenants/sixty-three-is-all-that-s3-t.yaml:16:11 true',
    message:
      '"a-cluster-of-a-long-name--sixty-three-is-all-that-s3-t--111122223333" has 68 characters, S3 takes 63',
    hint: 'use the prefix of the data bucket',
  },
  {
    rule: 'home-zones',
    change: {
      'clusters/main.yaml': {
        'spec.zones': ['eu-west-1a', 'eu-west-1b'],
        'spec.pools.l4.zones': ['eu-west-1b'],
      },
    },
    at: `${RED}:33:9 gpu`,
    message:
      '"gpu" runs in eu-west-1b, "small" in eu-west-1a, eu-west-1b: a home made in one zone cannot follow (cluster main)',
    hint: 'grant profiles of the same zones, or homes of the cluster on EFS',
  },
  {
    rule: 'budget-order',
    change: red({ 'spec.quota.gpus.l4.jobs': { guaranteed: 2, max: 1 } }),
    at: `${RED}:29:16 1`,
    message: 'spec.quota.gpus.l4.jobs.max: 1 is below guaranteed 2',
    hint: 'max counts the guaranteed part in',
  },
  {
    rule: 'budget-order',
    change: red({
      'spec.clusters': {
        main: { quota: { memory: { interactive: '55Gi', jobs: { guaranteed: '1Ti', max: '9Gi' } } } },
      },
    }),
    at: `${RED}:19:18 9Gi`,
    message: 'spec.clusters.main.quota.memory.jobs.max: 9Gi is below guaranteed 1Ti',
    hint: 'max counts the guaranteed part in',
  },
];

const GRANTS: readonly Case[] = [
  {
    rule: 'unknown-reference',
    change: red({ 'spec.quota.gpus.l40': 1 }),
    at: `${RED}:30:7 l40:`,
    message: 'spec.quota.gpus.l40: GPU type "l40" is not in gpuTypes of cluster main',
    hint: 'did you mean "l4"? it has: l4',
  },
  {
    rule: 'unknown-reference',
    change: red({ 'spec.quota.gpus.constructor': 1 }),
    at: `${RED}:30:7 constructor:`,
    message: 'GPU type "constructor" is not in gpuTypes of cluster main',
    hint: 'it has: l4',
  },
  {
    rule: 'dedicated-pool',
    change: {
      ...DEDICATED,
      'tenants/green.yaml': tenant('green', { 'spec.quota.gpus': { l4: 1 } }),
      [RED]: tenant('red'),
    },
    at: 'tenants/green.yaml:17:11 1',
    message: 'spec.quota.gpus.l4: all pools of GPU type "l4" of cluster main belong to other tenants',
  },
  {
    rule: 'unknown-reference',
    change: red({ 'spec.notebooks.profiles': ['smal'] }),
    at: `${RED}:32:9 smal`,
    message: 'spec.notebooks.profiles[0]: profile "smal" is not in profiles of cluster main',
    hint: 'did you mean "small"? it has: gpu, small',
  },
  {
    rule: 'idle-timeout',
    change: {
      ...red({ 'spec.notebooks.idleTimeout': '9h' }),
      'clusters/main.yaml': { 'spec.hub': { idleTimeout: '8h' } },
    },
    at: `${RED}:35:18 9h`,
    message: 'spec.notebooks.idleTimeout: the hub of cluster main stops idle servers after 8h',
    hint: 'take 8h or less, or raise spec.hub.idleTimeout of the cluster',
  },
  {
    rule: 'gpu-not-granted',
    change: { 'tenants/blue.yaml': { 'spec.notebooks': { profiles: ['small', 'gpu'] } } },
    at: 'tenants/blue.yaml:19:9 gpu',
    message: 'spec.notebooks.profiles[1]: GPU type "l4" is not in the quota of the tenant on cluster main',
    hint: 'granted: none; add it to spec.quota.gpus',
  },
  {
    rule: 'gpu-not-granted',
    change: {
      ...NEXT,
      'tenants/blue.yaml': {
        'spec.clusters': { main: {}, next: { quota: { gpus: {} } } },
        'spec.quota.gpus': { l4: 1 },
        'spec.notebooks': { profiles: ['small', 'gpu'] },
      },
    },
    at: 'tenants/blue.yaml:24:9 gpu',
    message: 'GPU type "l4" is not in the quota of the tenant on cluster next',
    hint: 'add it to spec.clusters.next.quota.gpus',
  },
  {
    rule: 'unknown-reference',
    change: red({ 'spec.datasets': ['mnits'] }),
    at: `${RED}:69:7 mnits`,
    message: 'spec.datasets[0]: dataset "mnits" is not in datasets of cluster main',
    hint: 'did you mean "mnist"? it has: mnist, scans',
  },
  {
    rule: 'dataset-not-granted',
    change: { 'tenants/blue.yaml': { 'spec.datasets': ['scans'] } },
    at: 'tenants/blue.yaml:17:7 scans',
    message: 'dataset "scans" of cluster main may be read by red only',
    hint: 'add "blue" to its readers in clusters/main.yaml',
  },
];

export const TENANT_CASES = [...IDENTITY, ...GRANTS];
