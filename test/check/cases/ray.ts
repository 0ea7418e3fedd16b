import { tenant } from '../../support/inputs';
import type { Case } from './case';

const RED = 'tenants/red.yaml';
const red = (fields: Record<string, unknown>) => ({ [RED]: fields });
const [TRAIN, CHAT, NIGHTLY] = ['spec.ray.clusters.0', 'spec.ray.services.0', 'spec.ray.schedules.0'];

const ITEMS: readonly Case[] = [
  {
    rule: 'duplicate-name',
    change: red({ [`${CHAT}.name`]: 'train' }),
    at: `${RED}:47:15 train`,
    message: 'spec.ray.services[0].name: "train" is already the name of another item of spec.ray',
    hint: 'share Service names',
  },
  {
    rule: 'duplicate-name',
    change: red({ [`${TRAIN}.workers.1.name`]: 'cpu' }),
    at: `${RED}:43:19 cpu`,
    message: 'spec.ray.clusters[0].workers[1].name: "cpu" is already the name of a worker group here',
  },
  {
    rule: 'reserved-name',
    change: red({ [`${TRAIN}.workers.1.name`]: 'head' }),
    at: `${RED}:43:19 head`,
    message: 'spec.ray.clusters[0].workers[1].name: "head" is a group of KubeRay or Kueue themselves',
  },
  {
    rule: 'duplicate-name',
    change: red({
      [`${CHAT}.deployments`]: [
        { name: 'Chat', max: 2 },
        { name: 'Chat', max: 3 },
      ],
    }),
    at: `${RED}:52:19 Chat`,
    message: 'spec.ray.services[0].deployments[1].name: "Chat" is already the name of a deployment here',
  },
  {
    rule: 'worker-range',
    change: red({ [`${TRAIN}.workers.1.min`]: 3 }),
    at: `${RED}:46:18 3`,
    message: 'spec.ray.clusters[0].workers[1].min: min 3 is above max 2',
  },
  {
    rule: 'worker-range',
    change: red({ [`${CHAT}.deployments.0`]: { name: 'Chat', min: 3, max: 2 } }),
    at: `${RED}:52:18 2`,
    message: 'spec.ray.services[0].deployments[0].max: max 2 is below min 3',
  },
  {
    rule: 'gpu-without-type',
    change: red({ [`${TRAIN}.workers.0.gpus`]: 1 }),
    at: `${RED}:43:19 1`,
    message: 'spec.ray.clusters[0].workers[0].gpus: gpus needs gpu, a GPU type of the cluster',
  },
  {
    rule: 'worker-size',
    change: red({ [`${TRAIN}.workers.0.memory`]: undefined }),
    at: `${RED}:39:13 name: cpu`,
    message: 'spec.ray.clusters[0].workers[0]: a CPU worker needs memory',
    hint: 'add memory, or gpu for a GPU worker',
  },
  {
    rule: 'managed-variable',
    change: red({ [`${CHAT}.env.RAY_AUTH_MODE`]: 'disabled' }),
    at: `${RED}:60:26 disabled`,
    message: 'spec.ray.services[0].env.RAY_AUTH_MODE: RAY_AUTH_MODE is managed by the platform',
  },
  {
    rule: 'managed-variable',
    change: red({ [`${NIGHTLY}.env`]: { LD_AUDIT: '/tmp/x.so' } }),
    at: `${RED}:69:21 /tmp/x.so`,
    message: 'LD_AUDIT is managed by the platform',
  },
  {
    rule: 'unknown-reference',
    change: red({ [`${CHAT}.clusters`]: ['man'] }),
    at: `${RED}:61:13 man`,
    message: 'spec.ray.services[0].clusters[0]: cluster "man" is not in spec.clusters of this tenant',
    hint: 'did you mean "main"? it has: main',
  },
  {
    rule: 'schedule',
    change: red({ [`${NIGHTLY}.schedule`]: '60 2 * * *' }),
    at: `${RED}:62:19 60 2`,
    message: 'spec.ray.schedules[0].schedule: minute "60" is not from 0 to 59',
    hint: 'such as 5, 1-5, */15 or 1,3',
  },
  {
    rule: 'schedule',
    change: red({ [`${NIGHTLY}.schedule`]: '0 2 * * mon-7' }),
    at: `${RED}:62:19 0 2`,
    message: 'day of week "mon-7" is not from 0 to 6, or sun to sat',
    hint: 'such as 5, 1-5, */15 or 1,3',
  },
  {
    rule: 'time-zone',
    change: red({ [`${NIGHTLY}.timeZone`]: 'europe/berlin' }),
    at: `${RED}:68:19 europe/berlin`,
    message: '"europe/berlin" is not a time zone',
    hint: 'did you mean "Europe/Berlin"?',
  },
];

const ON_CLUSTER: readonly Case[] = [
  {
    rule: 'unknown-reference',
    change: red({ [`${TRAIN}.image`]: 'kuda' }),
    at: `${RED}:46:16 kuda`,
    message: 'spec.ray.clusters[0].image: image "kuda" is not in images of cluster main',
    hint: 'did you mean "cuda"? it has: cuda, plain',
  },
  {
    rule: 'unknown-reference',
    change: red({ [`${TRAIN}.workers.1.gpu`]: 't4' }),
    at: `${RED}:44:18 t4`,
    message: 'spec.ray.clusters[0].workers[1].gpu: GPU type "t4" is not in gpuTypes of cluster main',
    hint: 'did you mean "l4"? it has: l4',
  },
  {
    rule: 'gpu-not-granted',
    change: {
      'tenants/blue.yaml': {
        'spec.ray': { clusters: [{ name: 'a', workers: [{ name: 'gpu', gpu: 'l4', max: 1 }] }] },
      },
    },
    at: 'tenants/blue.yaml:21:18 l4',
    message: 'spec.ray.clusters[0].workers[0].gpu: GPU type "l4" is not in the quota',
    hint: 'granted: none; add it to spec.quota.gpus',
  },
  {
    rule: 'image-without-cuda',
    change: red({ [`${NIGHTLY}.image`]: 'plain' }),
    at: `${RED}:66:18 l4`,
    message: 'the image of "nightly" has no CUDA, but this worker has a GPU',
  },
  {
    rule: 'ray-client-version',
    change: {
      'clusters/main.yaml': { 'spec.images.plain.python': '3.13' },
      [RED]: { 'spec.notebooks.profiles': ['small'] },
    },
    at: `${RED}:36:9 name: train`,
    message: 'image "cuda" (Ray 2.60.0, Python 3.12) differs from profile "small" (Ray 2.60.0, Python 3.13)',
    hint: 'same Ray version and Python minor',
  },
  {
    rule: 'above-per-gpu',
    change: red({ [`${TRAIN}.workers.1.cpu`]: 3.001 }),
    at: `${RED}:46:18 3.001`,
    message: 'spec.ray.clusters[0].workers[1].cpu: 3.001 is above perGpu.cpu 3 x 1 of l4',
    hint: 'a grant of GPUs brings only that much along',
  },
  {
    rule: 'above-per-gpu',
    change: red({ [`${TRAIN}.workers.1.memory`]: '25Gi', [`${TRAIN}.workers.1.gpus`]: 2 }),
    at: `${RED}:46:21 25Gi`,
    message: '25Gi is above perGpu.memory 12Gi x 2 of l4',
    hint: 'a grant of GPUs brings only that much along',
  },
  {
    rule: 'instance-size',
    change: red({ [`${NIGHTLY}.workers.0.gpus`]: 16 }),
    at: `${RED}:65:13 name: gpu`,
    message:
      'spec.ray.schedules[0].workers[0]: no instance of g6 has 16 GPUs, 48 cores and 192Gi (cluster main)',
    hint: 'the largest, g6.48xlarge, has 8 GPUs',
  },
  {
    rule: 'instance-size',
    change: red({ [`${TRAIN}.head`]: { cpu: 192 } }),
    at: `${RED}:47:11 cpu: 192`,
    message: 'spec.ray.clusters[0].head: no instance of m7i has 192 cores',
    hint: 'the largest, m7i.48xlarge, has 191.45 cores',
  },
  {
    rule: 'capacity',
    change: red({ [`${TRAIN}.workers.1.capacity`]: 'spot' }),
    at: `${RED}:46:23 spot`,
    message: 'the pool of cluster main that this worker goes to does not offer spot',
    hint: 'it offers: on-demand',
  },
  {
    rule: 'capacity',
    change: {
      'clusters/main.yaml': {
        'spec.pools.red': {
          families: ['m7i'],
          capacity: ['on-demand'],
          tenant: 'red',
          limits: { cpu: 60, memory: '200Gi' },
        },
      },
      [RED]: { [`${TRAIN}.workers.0.capacity`]: 'spot' },
    },
    at: `${RED}:43:23 spot`,
    message: 'the pool of cluster main that this worker goes to does not offer spot',
    hint: 'it offers: on-demand',
  },
];

const HOST = `${RED}:57:15`;
const HINT = 'such as chat.ml.example.com';

const HOSTS: readonly Case[] = [
  {
    rule: 'host',
    change: red({ [`${CHAT}.host`]: 'chat.example.com' }),
    at: `${HOST} chat.example.com`,
    message: '"chat.example.com" is not below the domain ml.example.com (cluster main)',
    hint: HINT,
  },
  {
    rule: 'host',
    change: red({ [`${CHAT}.host`]: 'ml.example.com' }),
    at: `${HOST} ml.example.com`,
    message: '"ml.example.com" is the domain of a cluster',
    hint: HINT,
  },
  {
    rule: 'host',
    change: red({ [`${CHAT}.host`]: 'a.chat.ml.example.com' }),
    at: `${HOST} a.chat.ml.example.com`,
    message: 'must be one label below ml.example.com: the wildcard certificate covers no more',
    hint: HINT,
  },
  {
    rule: 'host',
    change: red({ [`${CHAT}.host`]: 'hub.ml.example.com' }),
    at: `${HOST} hub.ml.example.com`,
    message: '"hub.ml.example.com" is a host of the platform',
    hint: HINT,
  },
  {
    rule: 'duplicate-host',
    change: {
      'tenants/teal.yaml': tenant('teal', {
        'spec.ray': {
          services: [
            {
              name: 'mine',
              importPath: 'a:b',
              workers: [{ name: 'cpu', cpu: 1, memory: '1Gi', max: 1 }],
              host: 'chat.ml.example.com',
            },
          ],
        },
        'spec.quota': { cpu: 60, memory: '200Gi', storage: '20Gi' },
      }),
    },
    at: 'tenants/teal.yaml:25:15 chat.ml.example.com',
    message: '"chat.ml.example.com" is already used on cluster main by service "chat" in tenants/red.yaml',
  },
];

export const RAY_CASES = [...ITEMS, ...ON_CLUSTER, ...HOSTS];
