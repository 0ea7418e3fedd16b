import fs, { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import type { ErrorObject } from 'ajv';
import { explain } from '../../lib/check/schema/explain';
import { explanations } from '../../lib/cli/explain-rule';
import type { Issue } from '../../lib/issue';
import { checkManifests } from '../../lib/judge/manifests';
import { render } from '../../lib/render/render';
import { configMap, manifest } from '../render/fixtures';
import { type Change, inputs, load } from '../support/inputs';
import type { Case } from './cases/case';
import { CLUSTER_CASES } from './cases/cluster';
import { FILE_CASES } from './cases/files';
import { INFRASTRUCTURE_CASES } from './cases/infrastructure';
import { RAY_CASES } from './cases/ray';
import { SCHEMA_CASES } from './cases/schema';
import { SUM_CASES } from './cases/sums';
import { TENANT_CASES } from './cases/tenant';

const CASES: readonly Case[] = [
  ...FILE_CASES,
  ...SCHEMA_CASES,
  ...CLUSTER_CASES,
  ...INFRASTRUCTURE_CASES,
  ...TENANT_CASES,
  ...RAY_CASES,
  ...SUM_CASES,
];

/** Rules whose case is no change of a file; each has a test of its own below. */
const OTHERS = [
  'bad-value',
  'scope',
  'too-many-issues',
  'unknown-kind',
  'unreadable-file',
  // test/judge/schema.test.ts, test/load/kubernetes/read.test.ts, test/cli/validate.test.ts
  'cel',
  'decode',
  'object',
  // test/check/kubernetes-version.test.ts
  'kubernetes-version',
  // test/judge/practices.test.ts
  'association-account',
  'broad-policy',
  'cluster-binding',
  'cluster-names',
  'do-not-disrupt',
  'gpu-selector',
  'gpu-taint',
  'gpu-toleration',
  'host-path',
  'ray-images',
  'sync-options',
];

/** `file:line:column` and the text that stands there. */
function place({ source }: Issue, change: Change): string {
  if (source === undefined) return '';
  const { file, line, column } = source;
  const text = String(inputs(change)[file] ?? '').replace(/^\ufeff/, '');
  return `${file}:${line}:${column} ${text.split('\n')[line - 1]?.slice(column - 1) ?? ''}`;
}

describe('the fixture', () => {
  it('passes as it is, and all that it renders', () => {
    const { platform, issues } = load();
    expect(issues).toEqual([]);
    if (platform === undefined) throw new Error('no platform');
    expect(render(platform, checkManifests).issues).toEqual([]);
  });
});

describe('one mistake gives one finding', () => {
  it.each(CASES.map((one) => ({ name: `${one.rule}: ${one.message.slice(0, 80)}`, ...one })))(
    '$name',
    ({ rule, change, prepare, at, message, hint }) => {
      const { platform, issues } = load(change, prepare);
      expect(platform).toBeUndefined();
      const [issue] = issues;
      expect(issues.map((found) => found.rule)).toEqual([rule]);
      if (issue === undefined) return;
      expect(issue.level).toBe('error');
      expect(place(issue, change).slice(0, Math.max(at.length, 1))).toBe(at);
      expect(issue.message).toContain(message);
      if (hint === undefined) expect(issue.hint).toBeUndefined();
      else expect(issue.hint).toContain(hint);
    },
  );
});

describe('findings that no change of a file gives', () => {
  it('unreadable-file', () => {
    const read = fs.readFileSync;
    const denied = Object.assign(new Error('denied'), { code: 'EACCES' });
    const spy = jest.spyOn(fs, 'readFileSync').mockImplementation(((path: string, ...rest: []) => {
      if (String(path).endsWith('blue.yaml')) throw denied;
      return read(path, ...rest);
    }) as typeof fs.readFileSync);
    const { issues } = load();
    spy.mockRestore();
    expect(issues).toMatchObject([
      {
        rule: 'unreadable-file',
        message: 'cannot be read: EACCES',
        source: { file: 'tenants/blue.yaml', line: 1, column: 1 },
        hint: 'check its permissions',
      },
    ]);
  });

  it('too-many-issues', () => {
    const fields = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`spec.k${index}`, 1]));
    const { issues } = load({ 'tenants/blue.yaml': fields });
    expect(issues).toHaveLength(1001);
    expect(issues.filter(({ rule }) => rule === 'too-many-issues')).toMatchObject([
      { message: '500 more errors', hint: 'mend the others first' },
    ]);
  });

  it('bad-value, for a keyword of JSON schema without words of ours', () => {
    const error = { keyword: 'not', message: 'must NOT be valid' } as ErrorObject;
    expect(explain(error, '')).toMatchObject({ rule: 'bad-value', text: 'must NOT be valid' });
  });

  it.each([
    ['unknown-kind', configMap('red', 'a', { kind: 'Gadget' }), 'Gadget red/a in dist/'],
    [
      'scope',
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'red', namespace: 'red' } },
      'Namespace red/red in dist/main/tenants/red/x.yaml: metadata.namespace objects of kind Namespace have no namespace',
    ],
    [
      'unknown-field',
      configMap('red', 'a', { dat: {} }),
      'ConfigMap red/a in dist/main/tenants/red/x.yaml: dat unknown field "dat"',
    ],
  ])('%s', (rule, object, message) => {
    expect(checkManifests([manifest('main', 'red', 'x')])).toEqual([]);
    const issues = checkManifests([manifest('main', 'red', 'x', object)]);
    expect(issues).toMatchObject([{ rule, source: { file: 'tenants/red.yaml', line: 1, column: 1 } }]);
    expect(issues[0]?.message).toContain(message);
  });
});

describe('every rule', () => {
  it('has a case, and every case has a rule in the sources', () => {
    const folders = ['lib/check', 'lib/judge', 'lib/load'].map((folder) => join(__dirname, '../..', folder));
    const sources = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        // Rules about manifests have cases in test/judge/rules/.
        .filter((file) => file.endsWith('.ts') && !file.startsWith('rules'))
        .map((file) => readFileSync(join(folder, file), 'utf8')),
    );
    // A rule stands in front of its message: a template, a text with blanks or a variable.
    const RULE =
      /(?<!\[|keysOf\(.*)'([a-z]+(?:-[a-z0-9]+)*)',\s*(?:`|'[^'\n]* [^'\n]*'|message\b|reason\b|reserved\b)/g;
    const LITERAL = /\brule: '([a-z0-9-]+)'/g;
    const found = sources.flatMap((text) =>
      [...text.matchAll(RULE), ...text.matchAll(LITERAL)].map(([, rule]) => rule),
    );
    const covered = new Set([...CASES.map(({ rule }) => rule), ...OTHERS]);
    expect([...new Set(found)].sort()).toEqual([...covered].sort());
    const explained = explanations();
    expect([...covered].filter((rule) => !explained.has(rule))).toEqual([]);
  });
});
