import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tenantry } from '../support/cli';

let folder = '';

const FILES: Readonly<Record<string, string>> = {
  'good.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: good}\ndata: {a: b}\n',
  'bad.yaml': [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata: {name: c, namespace: team}',
    'dada: {}',
    '---',
    'a: [',
    '---',
    'apiVersion: farm.example.com/v1',
    'kind: Barn',
    'metadata: {name: red}',
    'spec: {doors: 3}',
    '',
  ].join('\n'),
  'crd.yaml': [
    'apiVersion: apiextensions.k8s.io/v1',
    'kind: CustomResourceDefinition',
    'metadata: {name: barns.farm.example.com}',
    'spec:',
    '  group: farm.example.com',
    '  scope: Cluster',
    '  names: {kind: Barn, plural: barns, singular: barn, listKind: BarnList}',
    '  versions:',
    '    - name: v1',
    '      served: true',
    '      storage: true',
    '      schema:',
    '        openAPIV3Schema:',
    '          type: object',
    '          properties:',
    '            spec:',
    '              type: object',
    '              properties: {doors: {type: integer, maximum: 4}}',
    '              x-kubernetes-validations: [{rule: self.doors >= oldSelf.doors, message: doors stay}]',
    '',
  ].join('\n'),
  'old.jsonl':
    '{"apiVersion":"farm.example.com/v1","kind":"Barn","metadata":{"name":"red"},"spec":{"doors":4}}\n',
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenantry-validate-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command for JSON; each issue as `document rule`. */
function issues(...args: string[]): string[] {
  const { stdout, status } = tenantry(folder, 'validate', '--format', 'json', ...args);
  const found = JSON.parse(stdout).issues as { rule: string; source: { document: number } }[];
  expect(status).toBe(found.length === 0 ? 0 : 1);
  return found.map(({ rule, source }) => `${source.document} ${rule}`);
}

describe('tenantry validate', () => {
  it('accepts a good file', () => {
    const { status, stdout, stderr } = tenantry(folder, 'validate', 'good.yaml');
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '1 object judged\n', stderr: '' });
  });

  it('shows the line of what is wrong, and goes on after a broken document', () => {
    const { status, stdout } = tenantry(folder, 'validate', 'bad.yaml');
    expect(status).toBe(1);
    expect(stdout).toContain(
      'bad.yaml:4:1: error: ConfigMap team/c: dada: unknown field "dada"  [unknown-field]\n    4 | dada: {}\n      | ^\n',
    );
    expect(stdout).toContain('[decode]');
    expect(stdout).toContain('3 objects judged');
  });

  it('says exactly what it found as JSON', () => {
    const { stdout } = tenantry(folder, 'validate', '--format', 'json', '--ignore-unknown', 'bad.yaml');
    expect(JSON.parse(stdout)).toMatchObject({
      summary: { objects: 3, invalid: 2 },
      issues: [
        {
          level: 'error',
          class: 'apiserver',
          rule: 'unknown-field',
          message: 'dada: unknown field "dada"',
          source: { file: 'bad.yaml', line: 4, column: 1, document: 0 },
          object: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'team', name: 'c' },
          pointer: '/dada',
        },
        { rule: 'decode', source: { document: 1 }, object: { kind: '' }, pointer: '' },
      ],
    });
  });

  it('knows the kinds of CRDs, given with --crd or among the inputs', () => {
    expect(issues('bad.yaml')).toEqual(['0 unknown-field', '1 decode', '2 unknown-kind']);
    expect(issues('--crd', 'crd.yaml', 'bad.yaml')).toEqual(['0 unknown-field', '1 decode']);
    expect(issues('crd.yaml', 'bad.yaml')).toEqual(['0 unknown-field', '1 decode']);
  });

  it('judges updates where the old object is known', () => {
    expect(issues('--crd', 'crd.yaml', '--old', 'old.jsonl', 'bad.yaml')).toContain('2 cel');
    expect(issues('--crd', 'crd.yaml', '--old', 'good.yaml', 'old.jsonl')).toEqual([]);
  });

  it('selects classes', () => {
    expect(issues('--class', 'controller,policy', 'bad.yaml')).toEqual([]);
  });

  it('reads whole folders', () => {
    expect(issues('.')).toEqual(['0 unknown-field', '1 decode']);
  });

  it.each([
    [['nowhere.yaml'], 'nowhere.yaml: no such file or folder'],
    [[], 'validate needs a PATH, or - for standard input'],
    [['--class', 'nobody', 'good.yaml'], '--class nobody: there is no such class'],
    [['--kubernetes-version', '1.2', 'good.yaml'], '--kubernetes-version 1.2: there is no such'],
    [['--format', 'xml', 'good.yaml'], '--format xml: there is no such format'],
  ])('refuses %j', (args, reason) => {
    const { status, stdout, stderr } = tenantry(folder, 'validate', ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });
});
