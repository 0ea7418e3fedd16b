import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Change, tenant } from '../../support/inputs';
import { type Bad, BLUE, bad, main, RED, red, text } from './bad';

const whole = (content: string): Change => ({ [BLUE]: content });
const named = (name: string): Change => ({ [`tenants/${name}.yaml`]: tenant(name) });

const SPEC = /^spec:/m;

const YAML: readonly Bad[] = [
  bad('001-dup-key-top', 'duplicate-key', 'a key twice', text(/$/, 'spec: {}\n')),
  bad(
    '002-dup-key-nested',
    'duplicate-key',
    'a key twice, deeper',
    text('  quota:', '  quota: {gpus: 4, gpus: 400}\n  quotas:'),
  ),
  bad(
    '004-alias-billion-laughs',
    'yaml-anchor',
    'an alias bomb',
    whole('a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n'),
  ),
  bad(
    '005-alias-plain',
    'yaml-alias',
    'a plain alias',
    text('grace@example.com', '&o grace@example.com\n  displayName: *o'),
  ),
  bad('006-alias-cycle', 'yaml-anchor', 'an alias in a cycle', whole('a: &a [*a]\n')),
  bad('008-tag-custom', 'yaml-tag', 'a tag of a program', text('grace@example.com', '!!js/function "x"')),
  bad('009-tag-binary', 'yaml-tag', 'a binary tag', text('grace@example.com', '!!binary aGk=')),
  bad('010-tab-indent', 'tab-indent', 'a tab', text('  owner', '\towner')),
  bad('011-bom', 'byte-order-mark', 'a byte-order mark', text(/^/, '\ufeff')),
  bad('015-c1-control', 'hidden-character', 'a control character', text('grace@', 'gr\u0085ace@')),
  bad('017-bidi-override', 'hidden-character', 'text that turns around', text('grace@', 'gr\u202eace@')),
  bad('019-multi-doc', 'one-document', 'two documents', text(/$/, '---\na: 1\n')),
  bad('020-doc-end-marker', 'one-document', 'content behind the end', text(/$/, '...\na: 1\n')),
  bad('022-only-comments', 'no-document', 'only comments', whole('# nothing\n')),
  bad('024-scalar-doc', 'not-a-mapping', 'only a text', whole('tenant\n')),
  bad('026-json-trailing-comma', 'yaml-syntax', 'a mapping without an end', whole('{a: 1,\n')),
  bad(
    '029-huge-key',
    'key-too-long',
    'a key of 2,000 characters',
    text(SPEC, `? ${'k'.repeat(2000)}\n: 1\nspec:`),
  ),
  bad(
    '032-constructor-key',
    'unknown-field',
    'a key of the prototype',
    text(SPEC, 'constructor: {prototype: {a: 1}}\nspec:'),
  ),
  bad('036-complex-key', 'key-type', 'a list as a key', text(SPEC, '? [a, b]\n: c\nspec:')),
  bad(
    '050-colon-no-space',
    'wrong-type',
    'no space behind a colon',
    text(/^spec:[\s\S]*/m, 'spec:\n  displayName:Team\n'),
  ),
];

const TYPES: readonly Bad[] = [
  bad('038-bool-yes', 'wrong-type', 'yes for true', red('spec.notebooks.submitJobs', 'yes')),
  bad(
    '039-octal-cost-center',
    'wrong-type',
    'a number with a leading zero',
    text('  owner', '  costCenter: 0042\n  owner'),
  ),
  bad('041-version-float', 'wrong-type', 'a version that is a number', main('spec.images.cuda.ray', 2.5)),
  bad('042-timestamp', 'unknown-field', 'a date', text('  owner', '  expires: 2026-01-01\n  owner')),
  bad('046-nan', 'not-finite', 'no number', text('cpu: 1', 'cpu: .nan')),
  bad('047-number-as-string', 'wrong-type', 'a number in quotes', red('spec.quota.gpus.l4.interactive', '4')),
  bad('049-null-field', 'wrong-type', 'a field without a value', text('  owner', '  displayName:\n  owner')),
  bad('', 'unknown-field', 'a slip in a field', red('spec.onwer', 'ada@example.com')),
  bad('058-wrong-kind', 'not-allowed', 'a slip in the kind', { [RED]: { kind: 'Tenants' } }),
  bad('067-email-as-label', 'unknown-field', 'own labels', red('spec.labels', { owner: 'ada@example.com' })),
  bad('060-missing-owner', 'missing-field', 'no owner', red('spec.owner', undefined)),
  bad('062-empty-list', 'too-few-items', 'an empty list', red('spec.members.admins', [])),
  bad('065-email-bad', 'bad-format', 'an owner without a domain', red('spec.owner', 'ada')),
];

const SECRETS: readonly Bad[] = [
  bad(
    '051-block-scalar-secret',
    'secret-value',
    'a private key',
    red('spec.ray.services.0.env.KEY', '-----BEGIN PRIVATE KEY-----\nMIIE\n'),
  ),
  bad(
    '052-aws-key',
    'secret-value',
    'a key of AWS',
    red('spec.ray.services.0.env.ID', 'AKIAIOSFODNN7EXAMPLE'),
  ),
  bad('053-password-field', 'unknown-field', 'a password', red('spec.password', 'hunter2')),
  bad(
    '054-token-in-url',
    'secret-value',
    'a token in an address',
    red('spec.ray.services.0.env.REPO', 'https://u:token@git.example.com'),
  ),
];

const NAMES: readonly Bad[] = [
  ...Object.entries({
    '033-proto-tenant-name': '__proto__',
    '068-name-upper': 'Team-A',
    '071-name-leading-dash': '-team',
    '072-name-trailing-dash': 'team-',
    '073-name-digit-first': '1team',
    '075-name-dotdot': '../team',
    '076-name-space': 'te am',
    '077-name-homoglyph': 'te\u0430m',
    '081-name-shell': '$(id)',
    '082-name-template': '{{x}}',
    '083-name-glob': 'team-*',
  }).map(([id, name]) => bad(id, 'bad-format', `the name ${name}`, { [RED]: { 'metadata.name': name } })),
  bad('105-name-too-long', 'too-long', 'a long name', { [RED]: { 'metadata.name': 'a'.repeat(64) } }),
  bad('086-name-bool', 'wrong-type', 'a name that is a boolean', { [RED]: { 'metadata.name': true } }),
  ...Object.entries({
    '087-reserved-default': 'default',
    '088-reserved-kube-system': 'kube-system',
    '091-reserved-argocd': 'argocd',
    '092-reserved-karpenter': 'karpenter',
    '093-reserved-kuberay-system': 'kuberay-system',
    '094-reserved-jupyterhub': 'jupyterhub',
    '096-reserved-monitoring': 'monitoring',
    '098-reserved-external-secrets': 'external-secrets',
    '101-reserved-system': 'system',
    '102-reserved-admin': 'admin',
    '103-reserved-root': 'root',
  }).map(([id, name]) => bad(id, 'reserved-name', `the reserved name ${name}`, named(name))),
  ...['kuberay', 'hub'].map((name) => bad('', 'reserved-name', `the reserved name ${name}`, named(name))),
  bad(
    '106-derived-name-collision',
    'reserved-name',
    'a name that is made for another tenant',
    named('red-workloads'),
  ),
  bad('', 'file-name', 'a tenant in two files', { 'tenants/blue2.yaml': tenant('blue') }),
  bad('108-case-collision', 'file-name', 'files that differ in case only', {
    'tenants/Blue.yaml': tenant('blue'),
  }),
  bad('107-tenant-dup-across-files', 'file-extension', 'the same tenant in a .yml file', {
    'tenants/blue.yml': tenant('blue'),
  }),
  bad('109-symlink', 'symlink', 'a link', {}, (root) =>
    symlinkSync('/etc/hostname', join(root, 'tenants/x.yaml')),
  ),
];

/** Files that are bad as files: their text, types, secrets and names. */
export const BAD_FILES = [...YAML, ...TYPES, ...SECRETS, ...NAMES];
