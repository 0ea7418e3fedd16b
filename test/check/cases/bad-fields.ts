import { cluster } from '../../support/inputs';
import { type Bad, BLUE, bad, main, RED, red } from './bad';

/** The shortest service of Ray. */
const SERVICE = {
  name: 'talk',
  importPath: 'talk:app',
  workers: [{ name: 'cpu', cpu: 1, memory: '4Gi', max: 1 }],
};

const PEOPLE: readonly Bad[] = [
  bad('063-dup-user', 'duplicate-item', 'a user twice', red('spec.members.users', ['alan', 'alan'])),
  bad('064-dup-user-case', 'bad-format', 'a user in upper case', red('spec.members.users', ['Alan'])),
  bad('174-no-admin', 'missing-field', 'no admin', red('spec.members', { users: ['ada'] })),
  bad('110-group-dup', 'duplicate-group', 'a group of two tenants', {
    [RED]: { 'spec.members.groups': { admins: 'ml' } },
    [BLUE]: { 'spec.members.groups': { admins: 'ml' } },
  }),
  bad(
    '112-group-masters',
    'bad-format',
    'the group of everybody who may do anything',
    red('spec.members.groups', { admins: 'system:masters' }),
  ),
  bad(
    '113-group-comma',
    'bad-format',
    'a group that adds a line to the rights of Argo CD',
    red('spec.members.groups', { admins: 'a, role:admin' }),
  ),
];

const AMOUNTS: readonly Bad[] = [
  ...Object.entries({
    '115-qty-1.5GB': '1.5GB',
    '116-qty--1Gi': '-1Gi',
    '117-qty-0': '0',
    '118-qty-4gi': '4gi',
    '119-qty-256GiB': '256GiB',
    '121-qty-1e400': '1e400',
    '123-qty-4Gi_': '4Gi ',
    '124-qty-1_5Gi': '1,5Gi',
    '125-qty-0x10': '0x10',
    '126-qty-five': 'five',
    '127-qty-__': '',
    '128-qty-milli-mem': '500m',
  }).map(([id, amount]) => bad(id, 'bad-format', `the amount "${amount}"`, red('spec.quota.memory', amount))),
  bad(
    '173-profile-gpu-over',
    'quota-fits',
    'a notebook of more GPUs than the quota',
    main('spec.profiles.gpu.gpus', 8),
  ),
  bad(
    '131-gpu-over-quota',
    'quota-fits',
    'more GPUs than the quota',
    red('spec.ray.clusters.0.workers.1.max', 40),
  ),
  bad('133-negative-min', 'out-of-range', 'less than nothing', red('spec.ray.clusters.0.workers.1.min', -1)),
];

const RAY: readonly Bad[] = [
  bad(
    '136-ray-version-no-auth',
    'ray-version',
    'an image without tokens',
    main('spec.images.cuda.ray', '2.9.3'),
  ),
  bad(
    '135-ray-version-mismatch',
    'ray-version',
    'an image of another Ray',
    main('spec.images.cuda.image', 'r.example.com/ray:2.9.3'),
  ),
  bad(
    '140-image-registry-prefix',
    'bad-format',
    'a registry that begins like ours',
    red('spec.ray.clusters.0.image', 'r.example.com.evil.example/ray'),
  ),
  bad(
    '144-gpu-without-type',
    'gpu-without-type',
    'GPUs of no type',
    red('spec.ray.clusters.0.workers.0.gpus', 1),
  ),
  bad(
    '137-image-latest',
    'bad-format',
    'the tag latest',
    main('spec.images.cuda.image', 'r.example.com/ray:latest'),
  ),
  bad(
    '139-image-registry',
    'bad-format',
    'an image that is not in the catalogue',
    red('spec.ray.clusters.0.image', 'evil.example/ray'),
  ),
  bad(
    '142-gpu-type-unknown',
    'unknown-reference',
    'a GPU type with a slip',
    red('spec.ray.clusters.0.workers.1.gpu', 'l40'),
  ),
  bad(
    '034-tostring-gpu-type',
    'bad-format',
    'a GPU type of the prototype',
    red('spec.ray.clusters.0.workers.1.gpu', 'toString'),
  ),
  bad(
    '143-gpu-type-not-granted',
    'gpu-not-granted',
    'a GPU type that is not granted',
    red('spec.quota.gpus', undefined),
  ),
  bad(
    '169-toleration-all',
    'unknown-field',
    'own tolerations',
    red('spec.ray.clusters.0.workers.1.tolerations', []),
  ),
  bad(
    '171-priority-class',
    'unknown-field',
    'an own priority',
    red('spec.priorityClass', 'system-cluster-critical'),
  ),
  bad(
    '176-env-ray-auth-off',
    'managed-variable',
    'tokens switched off',
    red('spec.ray.services.0.env.RAY_AUTH_MODE', 'disabled'),
  ),
  bad(
    '177-env-nvidia-visible',
    'managed-variable',
    'every GPU of the node',
    red('spec.ray.services.0.env.NVIDIA_VISIBLE_DEVICES', 'all'),
  ),
];

const HOSTS: readonly Bad[] = [
  ...Object.entries({
    '147-host-star': '*.ml.example.com',
    '148-host-upper': 'Chat.ml.example.com',
    '151-host-url': 'https://chat.ml.example.com',
    '157-host-label-64': `${'a'.repeat(64)}.ml.example.com`,
  }).map(([id, host]) => bad(id, 'bad-format', `the host ${host}`, red('spec.ray.services.0.host', host))),
  bad('149-host-ip', 'host', 'an address as host', red('spec.ray.services.0.host', '10.0.0.1')),
  bad('154-host-apex', 'host', 'the domain itself', red('spec.ray.services.0.host', 'ml.example.com')),
  bad('160-host-of-other-tenant', 'duplicate-host', 'a host of another tenant', {
    [BLUE]: { 'spec.ray': { services: [{ ...SERVICE, host: 'chat.ml.example.com' }] } },
  }),
  ...Object.entries({
    '162-bucket-prefix-root': '/',
    '163-bucket-prefix-no-slash': 'team-a',
    '165-bucket-prefix-star': 'team?/',
    '166-bucket-prefix-iamvar': `\${aws:x}/`,
  }).map(([id, prefix]) =>
    bad(id, 'bad-format', `the prefix "${prefix}"`, main('spec.datasets.mnist.prefix', prefix)),
  ),
  bad('', 'bad-format', 'the prefix ""', main('spec.datasets.mnist.prefix', '')),
  bad(
    '164-bucket-prefix-other',
    'dataset-prefix',
    'a prefix within another',
    main('spec.datasets.mnist.prefix', 'datasets/'),
  ),
  bad('167-bucket-name-bad', 'bad-format', 'a bucket with capitals', main('spec.dataBucket', 'ML_Data')),
];

const CLUSTERS: readonly Bad[] = [
  bad('178-cluster-quota-sum', 'pool-fits', 'quotas over the pool', main('spec.pools.l4.limits.gpus', 3)),
  bad(
    '179-cluster-version-float',
    'not-allowed',
    'a Kubernetes version that is a number',
    main('spec.kubernetesVersion', 1.3),
  ),
  bad(
    '180-cluster-version-eol',
    'not-allowed',
    'a Kubernetes version that nobody knows',
    main('spec.kubernetesVersion', '1.24'),
  ),
  bad(
    '182-cluster-instance-mismatch',
    'gpu-family',
    'instances with another GPU',
    main('spec.gpuTypes.l4.families', ['p5']),
  ),
  bad('186-cluster-pool-zero', 'out-of-range', 'a pool of nothing', main('spec.pools.l4.limits.gpus', 0)),
  bad('', 'duplicate-domain', 'two clusters with one domain', { 'clusters/next.yaml': cluster('next') }),
];

/** Fields that are bad by what they say. */
export const BAD_FIELDS = [...PEOPLE, ...AMOUNTS, ...RAY, ...HOSTS, ...CLUSTERS];
