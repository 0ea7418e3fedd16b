import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type Change, cluster, load, tenant } from '../support/inputs';

/** An idea how a file can be bad, applied to ours, and the rule that refuses it. */
interface Bad {
  readonly idea: string;
  readonly change: Change;
  readonly prepare?: (root: string) => void;
  readonly rule: string;
}

const RED = 'tenants/red.yaml';
const BLUE = 'tenants/blue.yaml';
const MAIN = 'clusters/main.yaml';

const red = (path: string, value: unknown): Change => ({ [RED]: { [path]: value } });
const main = (path: string, value: unknown): Change => ({ [MAIN]: { [path]: value } });
const text = (from: string | RegExp, to: string): Change => ({ [BLUE]: tenant('blue').replace(from, to) });
const whole = (content: string): Change => ({ [BLUE]: content });
const named = (name: string, file = name): Change => ({ [`tenants/${file}.yaml`]: tenant(name) });
const bad = (rule: string, idea: string, change: Change, prepare?: (root: string) => void): Bad => ({
  idea,
  change,
  rule,
  ...(prepare && { prepare }),
});

const SPEC = /^spec:/m;

const YAML: readonly Bad[] = [
  bad('duplicate-key', 'a key twice', text(/$/, 'spec: {}\n')),
  bad('duplicate-key', 'a key twice, deeper', text('  quota:', '  quota: {gpus: 4, gpus: 400}\n  quotas:')),
  bad('yaml-anchor', 'an alias bomb', whole('a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n')),
  bad('yaml-alias', 'a plain alias', text('grace@example.com', '&o grace@example.com\n  displayName: *o')),
  bad('yaml-anchor', 'an alias in a cycle', whole('a: &a [*a]\n')),
  bad('yaml-tag', 'a tag of a program', text('grace@example.com', '!!js/function "x"')),
  bad('yaml-tag', 'a binary tag', text('grace@example.com', '!!binary aGk=')),
  bad('tab-indent', 'a tab', text('  owner', '\towner')),
  bad('byte-order-mark', 'a byte-order mark', text(/^/, '\ufeff')),
  bad('hidden-character', 'a control character', text('grace@', 'gr\u0085ace@')),
  bad('hidden-character', 'text that turns around', text('grace@', 'gr\u202eace@')),
  bad('one-document', 'two documents', text(/$/, '---\na: 1\n')),
  bad('one-document', 'content behind the end', text(/$/, '...\na: 1\n')),
  bad('no-document', 'only comments', whole('# nothing\n')),
  bad('not-a-mapping', 'only a text', whole('tenant\n')),
  bad('yaml-syntax', 'a mapping without an end', whole('{a: 1,\n')),
  bad('key-too-long', 'a key of 2,000 characters', text(SPEC, `? ${'k'.repeat(2000)}\n: 1\nspec:`)),
  bad('unknown-field', 'a key of the prototype', text(SPEC, 'constructor: {prototype: {a: 1}}\nspec:')),
  bad('key-type', 'a list as a key', text(SPEC, '? [a, b]\n: c\nspec:')),
  bad('wrong-type', 'no space behind a colon', text(/^spec:[\s\S]*/m, 'spec:\n  displayName:Team\n')),
];

const TYPES: readonly Bad[] = [
  bad('wrong-type', 'yes for true', red('spec.notebooks.submitJobs', 'yes')),
  bad('wrong-type', 'a number with a leading zero', text('  owner', '  costCenter: 0042\n  owner')),
  bad('wrong-type', 'a version that is a number', main('spec.images.cuda.ray', 2.5)),
  bad('unknown-field', 'a date', text('  owner', '  expires: 2026-01-01\n  owner')),
  bad('not-finite', 'no number', text('cpu: 1', 'cpu: .nan')),
  bad('wrong-type', 'a number in quotes', red('spec.quota.gpus.l4.interactive', '4')),
  bad('wrong-type', 'a field without a value', text('  owner', '  displayName:\n  owner')),
  bad('unknown-field', 'a slip in a field', red('spec.onwer', 'ada@example.com')),
  bad('not-allowed', 'a slip in the kind', { [RED]: { kind: 'Tenants' } }),
  bad('missing-field', 'no owner', red('spec.owner', undefined)),
  bad('too-few-items', 'an empty list', red('spec.members.admins', [])),
  bad('bad-format', 'an owner without a domain', red('spec.owner', 'ada')),
];

const SECRETS: readonly Bad[] = [
  bad(
    'secret-value',
    'a private key',
    red('spec.ray.services.0.env.KEY', '-----BEGIN PRIVATE KEY-----\nMIIE\n'),
  ),
  bad('secret-value', 'a key of AWS', red('spec.ray.services.0.env.ID', 'AKIAIOSFODNN7EXAMPLE')),
  bad('unknown-field', 'a password', red('spec.password', 'hunter2')),
  bad(
    'secret-value',
    'a token in an address',
    red('spec.ray.services.0.env.REPO', 'https://u:token@git.example.com'),
  ),
];

const NAMES: readonly Bad[] = [
  ...[
    '__proto__',
    'Team-A',
    '-team',
    'team-',
    '1team',
    '../team',
    'te am',
    'te\u0430m',
    '$(id)',
    '{{x}}',
    'team-*',
  ].map((name) => bad('bad-format', `the name ${name}`, { [RED]: { 'metadata.name': name } })),
  bad('too-long', 'a long name', { [RED]: { 'metadata.name': 'a'.repeat(64) } }),
  bad('wrong-type', 'a name that is a boolean', { [RED]: { 'metadata.name': true } }),
  ...[
    'default',
    'kube-system',
    'argocd',
    'karpenter',
    'kuberay',
    'hub',
    'monitoring',
    'external-secrets',
    'system',
    'admin',
    'root',
  ].map((name) => bad('reserved-name', `the reserved name ${name}`, named(name))),
  bad('file-name', 'a tenant in two files', { 'tenants/blue2.yaml': tenant('blue') }),
  bad('file-name', 'files that differ in case only', { 'tenants/Blue.yaml': tenant('blue') }),
  bad('file-extension', 'the same tenant in a .yml file', { 'tenants/blue.yml': tenant('blue') }),
  bad('symlink', 'a link', {}, (root) => symlinkSync('/etc/hostname', join(root, 'tenants/x.yaml'))),
];

const PEOPLE: readonly Bad[] = [
  bad('duplicate-item', 'a user twice', red('spec.members.users', ['alan', 'alan'])),
  bad('bad-format', 'a user in upper case', red('spec.members.users', ['Alan'])),
  bad('duplicate-group', 'a group of two tenants', {
    [RED]: { 'spec.members.groups': { admins: 'ml' } },
    [BLUE]: { 'spec.members.groups': { admins: 'ml' } },
  }),
  bad(
    'bad-format',
    'the group of everybody who may do anything',
    red('spec.members.groups', { admins: 'system:masters' }),
  ),
  bad(
    'bad-format',
    'a group that adds a line to the rights of Argo CD',
    red('spec.members.groups', { admins: 'a, role:admin' }),
  ),
];

const AMOUNTS: readonly Bad[] = [
  ...['1.5GB', '-1Gi', '0', '4gi', '256GiB', '1e400', '4Gi ', '1,5Gi', '0x10', 'five', '', '500m'].map(
    (amount) => bad('bad-format', `the amount "${amount}"`, red('spec.quota.memory', amount)),
  ),
  bad('quota-fits', 'more GPUs than the quota', red('spec.ray.clusters.0.workers.1.max', 40)),
  bad('out-of-range', 'less than nothing', red('spec.ray.clusters.0.workers.1.min', -1)),
];

const RAY: readonly Bad[] = [
  bad('ray-version', 'an image without tokens', main('spec.images.cuda.ray', '2.9.3')),
  bad('bad-format', 'the tag latest', main('spec.images.cuda.image', 'r.example.com/ray:latest')),
  bad(
    'bad-format',
    'an image that is not in the catalogue',
    red('spec.ray.clusters.0.image', 'evil.example/ray'),
  ),
  bad('unknown-reference', 'a GPU type with a slip', red('spec.ray.clusters.0.workers.1.gpu', 'l40')),
  bad('bad-format', 'a GPU type of the prototype', red('spec.ray.clusters.0.workers.1.gpu', 'toString')),
  bad('gpu-not-granted', 'a GPU type that is not granted', red('spec.quota.gpus', undefined)),
  bad('unknown-field', 'own tolerations', red('spec.ray.clusters.0.workers.1.tolerations', [])),
  bad('unknown-field', 'an own priority', red('spec.priorityClass', 'system-cluster-critical')),
  bad('managed-variable', 'tokens switched off', red('spec.ray.services.0.env.RAY_AUTH_MODE', 'disabled')),
  bad(
    'managed-variable',
    'every GPU of the node',
    red('spec.ray.services.0.env.NVIDIA_VISIBLE_DEVICES', 'all'),
  ),
];

const HOSTS: readonly Bad[] = [
  ...[
    '*.ml.example.com',
    'Chat.ml.example.com',
    'https://chat.ml.example.com',
    `${'a'.repeat(64)}.ml.example.com`,
  ].map((host) => bad('bad-format', `the host ${host}`, red('spec.ray.services.0.host', host))),
  bad('host', 'an address as host', red('spec.ray.services.0.host', '10.0.0.1')),
  bad('host', 'the domain itself', red('spec.ray.services.0.host', 'ml.example.com')),
  ...['', '/', 'team-a', 'team*/', `\${aws:x}/`].map((prefix) =>
    bad('bad-format', `the prefix "${prefix}"`, main('spec.datasets.mnist.prefix', prefix)),
  ),
];

const CLUSTERS: readonly Bad[] = [
  bad('pool-fits', 'quotas over the pool', main('spec.pools.l4.limits.gpus', 3)),
  bad('not-allowed', 'a Kubernetes version that is a number', main('spec.kubernetesVersion', 1.3)),
  bad('not-allowed', 'a Kubernetes version that nobody knows', main('spec.kubernetesVersion', '1.24')),
  bad('gpu-family', 'instances with another GPU', main('spec.gpuTypes.l4.families', ['p5'])),
  bad('out-of-range', 'a pool of nothing', main('spec.pools.l4.limits.gpus', 0)),
  bad('duplicate-domain', 'two clusters with one domain', { 'clusters/next.yaml': cluster('next') }),
];

const IDEAS = [...YAML, ...TYPES, ...SECRETS, ...NAMES, ...PEOPLE, ...AMOUNTS, ...RAY, ...HOSTS, ...CLUSTERS];

describe('a bad file', () => {
  it('is none as long as nothing was changed', () => {
    expect(load().issues).toEqual([]);
    process.stdout.write(`${IDEAS.length} ideas of bad files\n`);
  });

  it.each(IDEAS.map((one) => [one.idea, one] as const))('is refused: %s', (_, { change, prepare, rule }) => {
    const { issues, platform } = load(change, prepare);
    expect(platform).toBeUndefined();
    expect(issues.map((issue) => issue.rule)).toContain(rule);
  });
});
