import { cluster, tenant } from '../../support/inputs';
import type { Case } from './case';

const MAIN = 'clusters/main.yaml';
const main = (fields: Record<string, unknown>) => ({ [MAIN]: fields });

const NODES = { families: ['m7i'], capacity: ['on-demand'], limits: { cpu: 60, memory: '200Gi' } };

const MACHINE_IMAGES: readonly Case[] = [
  ['al2023@v20260601', 'al2023 v20260601 has no image for Kubernetes 1.36', 'take v20260602 or later'],
  ['bottlerocket@v1.60.9', 'bottlerocket v1.60.9 has no image for Kubernetes 1.36', 'take v1.61.0 or later'],
].map(([alias = '', message = '', hint = '']) => ({
  rule: 'ami-release',
  change: main({ 'spec.nodes.ami.alias': alias }),
  at: `${MAIN}:26:14 ${alias}`,
  message: `spec.nodes.ami.alias: ${message}`,
  hint,
}));

const HUB: readonly Case[] = [
  {
    rule: 'hub-login',
    change: main({
      'spec.hub': {
        admin: 'ada',
        sso: {
          issuer: 'https://id.example.com',
          clientId: 'hub',
          secret: 'tenantry/hub',
          admins: 'platform',
        },
      },
    }),
    at: `${MAIN}:94:12 ada`,
    message: 'spec.hub.admin: with sso nobody has a password of the hub',
    hint: 'administrators are the group spec.hub.sso.admins: drop this field',
  },
];

const POOLS: readonly Case[] = [
  {
    rule: 'cpu-pool',
    change: main({
      'spec.pools.cpu': undefined,
      'spec.pools.nodes': NODES,
    }),
    at: `${MAIN}:42:5 l4`,
    message: 'spec.pools: the shared pool of CPU nodes, named "cpu", is missing',
  },
  {
    rule: 'gpu-pool',
    change: main({ 'spec.pools.l4': undefined }),
    at: `${MAIN}:33:7 displayName`,
    message: 'spec.gpuTypes.l4: no pool has GPU type "l4"',
    hint: 'add it to spec.pools',
  },
  {
    rule: 'one-pool',
    change: main({ 'spec.pools.more': { gpu: 'l4', capacity: ['spot'], limits: { gpus: 8 } } }),
    at: `${MAIN}:58:7 gpu: l4`,
    message: 'spec.pools.more: pools "l4" and "more" both have GPU type l4 for all tenants',
    hint: 'two pools would double the limit',
  },
  {
    rule: 'one-pool',
    change: main({
      'spec.pools.red-a': { gpu: 'l4', capacity: ['spot'], tenant: 'red', limits: { gpus: 8 } },
      'spec.pools.red-b': { gpu: 'l4', capacity: ['spot'], tenant: 'red', limits: { gpus: 8 } },
    }),
    at: `${MAIN}:65:7 gpu: l4`,
    message: 'pools "red-a" and "red-b" both have GPU type l4 for tenant red',
    hint: 'two pools would double the limit',
  },
  {
    rule: 'unknown-reference',
    change: main({ 'spec.pools.l4.zones': ['eu-west-1c'] }),
    at: `${MAIN}:58:11 eu-west-1c`,
    message: 'spec.pools.l4.zones[0]: zone "eu-west-1c" is not in spec.zones',
    hint: 'did you mean "eu-west-1a"? it has: eu-west-1a, eu-west-1b',
  },
  {
    rule: 'capacity',
    change: main({ 'spec.pools.cpu.capacity': ['spot'] }),
    at: `${MAIN}:46:9 - spot`,
    message: 'spec.pools.cpu.capacity: a pool of CPU nodes needs on-demand: Ray heads run there',
  },
  {
    rule: 'unknown-reference',
    change: main({ 'spec.pools.own': { ...NODES, tenant: 'rad' } }),
    at: `${MAIN}:65:15 rad`,
    message: 'spec.pools.own.tenant: tenant "rad" is not in tenants/',
    hint: 'did you mean "red"? it has: blue, red',
  },
  {
    rule: 'unknown-reference',
    change: main({ 'spec.pools.x': { gpu: 't4', capacity: ['spot'], limits: { gpus: 1 } } }),
    at: `${MAIN}:58:12 t4`,
    message: 'spec.pools.x.gpu: GPU type "t4" is not in spec.gpuTypes',
    hint: 'did you mean "l4"? it has: l4',
  },
  {
    rule: 'unknown-reference',
    change: main({ 'spec.pools.cpu.families': ['m7x'] }),
    at: `${MAIN}:44:11 m7x`,
    message: 'instance family "m7x" is not in imports/instance-types.json',
    hint: 'did you mean "m7a"?',
  },
  {
    rule: 'gpu-family',
    change: main({ 'spec.gpuTypes.l4.families': ['g5'] }),
    at: `${MAIN}:35:11 g5`,
    message: 'spec.gpuTypes.l4.families[0]: g5 has a10g GPUs, not l4',
  },
  {
    rule: 'gpu-family',
    change: main({ 'spec.pools.cpu.families': ['m7i', 'g6'] }),
    at: `${MAIN}:45:11 g6`,
    message: 'spec.pools.cpu.families[1]: g6 has l4 GPUs; CPU pools have none',
  },
  {
    rule: 'gpu-memory',
    change: main({ 'spec.gpuTypes.l4.memory': '24Gi' }),
    at: `${MAIN}:36:15 24Gi`,
    message: 'spec.gpuTypes.l4.memory: 24Gi differs from the 22888Mi of g6',
  },
  {
    rule: 'instance-size',
    change: { ...main({ 'spec.gpuTypes.l4.perGpu.cpu': 200 }), 'tenants/red.yaml': tenant('red') },
    at: `${MAIN}:38:9 cpu: 200`,
    message: 'spec.gpuTypes.l4.perGpu: no instance of g6 has 1 GPUs, 200 cores and 12Gi',
    hint: 'the largest, g6.48xlarge, has 8 GPUs, 191.45 cores and 718987Mi',
  },
  {
    rule: 'instance-size',
    change: main({ 'spec.profiles.small.memory': '1Ti' }),
    at: `${MAIN}:71:7 displayName: Small`,
    message: 'spec.profiles.small: no instance of m7i has 1 cores and 1Ti',
    hint: 'the largest, m7i.48xlarge, has 191.45 cores and 718987Mi',
  },
];

const CATALOGUE: readonly Case[] = [
  {
    rule: 'ray-version',
    change: main({ 'spec.images.cuda.image': 'r.example.com/ray:2.59.0-a' }),
    at: `${MAIN}:60:12 2.60.0`,
    message: 'the tag of the image says Ray 2.59.0, this field says 2.60.0',
  },
  {
    rule: 'ray-version',
    change: main({
      'spec.images.old': {
        image: 'r.example.com/ray:a',
        ray: '2.51.1',
        python: '3.12',
        source: 'read 2026-11-24',
      },
    }),
    at: `${MAIN}:71:12 2.51.1`,
    message: 'Ray 2.51.1 is below 2.52.0, the first with token authentication',
    hint: 'CVE-2023-48022',
  },
  {
    rule: 'unknown-reference',
    change: main({ 'spec.profiles.small.image': 'plan' }),
    at: `${MAIN}:72:14 plan`,
    message: 'spec.profiles.small.image: image "plan" is not in spec.images',
    hint: 'did you mean "plain"? it has: cuda, plain',
  },
  {
    rule: 'unknown-reference',
    change: main({ 'spec.profiles.gpu.gpu': 't4' }),
    at: `${MAIN}:79:12 t4`,
    message: 'spec.profiles.gpu.gpu: GPU type "t4" is not in spec.gpuTypes',
    hint: 'did you mean "l4"?',
  },
  {
    rule: 'unknown-reference',
    change: main({ 'spec.defaults.image': 'tostring' }),
    at: `${MAIN}:89:12 tostring`,
    message: 'spec.defaults.image: image "tostring" is not in spec.images',
    hint: 'it has: cuda, plain',
  },
  {
    rule: 'unknown-reference',
    change: main({ 'spec.defaults.profiles': ['smal'] }),
    at: `${MAIN}:91:9 smal`,
    message: 'spec.defaults.profiles[0]: profile "smal" is not in spec.profiles',
    hint: 'did you mean "small"?',
  },
  {
    rule: 'unknown-reference',
    change: main({ 'spec.datasets.scans.readers': ['red', 'blu'] }),
    at: `${MAIN}:88:11 blu`,
    message: 'spec.datasets.scans.readers[1]: tenant "blu" is not in tenants/',
    hint: 'did you mean "blue"?',
  },
  {
    rule: 'gpu-without-type',
    change: main({ 'spec.profiles.small.gpus': 1 }),
    at: `${MAIN}:75:13 1`,
    message: 'spec.profiles.small.gpus: gpus needs gpu, a key of spec.gpuTypes',
  },
  {
    rule: 'image-without-cuda',
    change: main({ 'spec.profiles.gpu.image': 'plain' }),
    at: `${MAIN}:80:14 plain`,
    message: 'image "plain" has no CUDA, but the profile has a GPU',
  },
  {
    rule: 'above-per-gpu',
    change: main({ 'spec.profiles.gpu.cpu': 3.5 }),
    at: `${MAIN}:77:12 3.5`,
    message: 'spec.profiles.gpu.cpu: 3.5 is above perGpu.cpu 3 x 1 of l4',
    hint: 'a grant of GPUs brings only that much along',
  },
  {
    rule: 'above-per-gpu',
    change: main({ 'spec.profiles.gpu.memory': '13Gi' }),
    at: `${MAIN}:78:15 13Gi`,
    message: 'spec.profiles.gpu.memory: 13Gi is above perGpu.memory 12Gi x 1 of l4',
    hint: 'a grant of GPUs brings only that much along',
  },
  {
    rule: 'dataset-prefix',
    change: main({ 'spec.datasets.scans.prefix': 'main/blue/' }),
    at: `${MAIN}:85:15 main/blue/`,
    message: '"main/blue/" lies below "main/", where tenants keep their own data',
  },
  {
    rule: 'dataset-prefix',
    change: main({ 'spec.datasets.scans.prefix': 'datasets/' }),
    at: `${MAIN}:85:15 datasets/`,
    message: '"datasets/" overlaps "datasets/mnist/" of dataset "mnist"',
  },
];

const NETWORK: readonly Case[] = [
  {
    rule: 'cidr',
    change: main({ 'spec.network.serviceCidr': '10.0.128.0/20' }),
    at: `${MAIN}:17:18 10.0.128.0/20`,
    message: 'spec.network.serviceCidr: 10.0.128.0/20 overlaps vpcCidr 10.0.0.0/16',
  },
  {
    rule: 'cidr',
    change: main({ 'spec.network.endpointCidrs': ['10.0.254.0/26', '10.1.254.0/26'] }),
    at: `${MAIN}:23:9 10.1.254.0/26`,
    message: '10.1.254.0/26 is not inside vpcCidr 10.0.0.0/16',
  },
  {
    rule: 'cidr',
    change: main({ 'spec.network.controlPlaneCidrs': ['10.0.255.0/28', '10.0.256.0/28'] }),
    at: `${MAIN}:20:9 10.0.256.0/28`,
    message: '10.0.256.0/28 is not an IPv4 range',
  },
  {
    rule: 'cidr',
    change: main({ 'spec.network.vpcCidr': '10.0.1.0/16' }),
    at: `${MAIN}:16:14 10.0.1.0/16`,
    message: '10.0.1.0/16 has bits set after the prefix',
    hint: 'write the first address of the /16',
  },
  {
    rule: 'cidr',
    change: main({ 'spec.network.vpcCidr': '010.0.0.0/16' }),
    at: `${MAIN}:16:14 010.0.0.0/16`,
    message: '010.0.0.0/16 has leading zeros',
    hint: 'write 10.0.0.0/16',
  },
  {
    rule: 'cidr',
    change: main({ 'spec.network.vpcCidr': '0.0.0.0/0' }),
    at: `${MAIN}:16:14 0.0.0.0/0`,
    message: 'AWS takes ranges from /16 to /28 here, not /0',
  },
  {
    rule: 'cidr',
    change: main({ 'spec.network.serviceCidr': '172.20.0.0/25' }),
    at: `${MAIN}:17:18 172.20.0.0/25`,
    message: 'AWS takes ranges from /12 to /24 here, not /25',
  },
  {
    rule: 'zone',
    change: main({ 'spec.zones': ['eu-west-1a', 'eu-west-2b'] }),
    at: `${MAIN}:9:7 eu-west-2b`,
    message: 'spec.zones[1]: "eu-west-2b" is not a zone of region eu-west-1',
  },
  {
    rule: 'duplicate-domain',
    change: { 'clusters/next.yaml': cluster('next') },
    at: 'clusters/next.yaml:11:11 ml.example.com',
    message: '"ml.example.com" is already the domain of clusters/main.yaml',
  },
];

export const CLUSTER_CASES = [...MACHINE_IMAGES, ...HUB, ...POOLS, ...CATALOGUE, ...NETWORK];
