import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyRoot, tenantry } from '../support/cli';

let root = '';
let remove = () => {};

beforeAll(() => {
  ({ root, remove } = copyRoot());
  tenantry(root, 'synth');
});
afterAll(() => remove());

function change(file: string, from: string, to: string): () => void {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(from);
  writeFileSync(path, before.replace(from, to));
  return () => writeFileSync(path, before);
}

describe('tenantry check --explain', () => {
  it.each([
    ['rbac-scope', /^rbac-scope\nproves: .*\nwhy: .*\nsource: .*\n$/],
    ['quota-fits', /^quota-fits\nwhy: .*\n$/],
    ['service-update', /^service-update\njudges: v1\/Service\nwhy: The API server refuses it\.\nhelp: .*\n$/],
  ])('says why %s exists', (rule, text) => {
    expect(tenantry(root, 'check', '--explain', rule)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(text),
    });
  });

  it.each([
    ['quota-fit', 'did you mean quota-fits?'],
    ['zzzzzzzz', 'a finding ends with its rule, in brackets'],
  ])('knows no rule %s', (rule, help) => {
    const { status, stderr } = tenantry(root, 'check', '--explain', rule);
    expect(status).toBe(2);
    expect(stderr).toContain(`--explain ${rule}: there is no such rule; ${help}`);
  });
});

describe('tenantry check --format', () => {
  it('finds nothing in what synth has written', () => {
    const { status, stdout } = tenantry(root, 'check', '--format', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { invalid: 0 }, issues: [] });
  });

  it('names the line of a tenant file, in every format', () => {
    const undo = change('tenants/vision.yaml', 'storage: 2Ti', 'storage: 2TB');
    const line =
      readFileSync(join(root, 'tenants/vision.yaml'), 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('2TB')) + 1;
    const run = (format: string) => tenantry(root, 'check', '--format', format);
    expect(run('text').stdout).toContain(`tenants/vision.yaml:${line}:14: error: spec.quota.storage:`);
    expect(JSON.parse(run('json').stdout).issues[0].source).toMatchObject({
      file: 'tenants/vision.yaml',
      line,
      column: 14,
    });
    expect(run('github').stdout).toContain(`::error file=tenants/vision.yaml,line=${line},col=14,`);
    expect(JSON.parse(run('sarif').stdout).runs[0].results).toHaveLength(1);
    const { stdout, status } = run('junit');
    expect(stdout).toContain('failures="1"');
    expect(status).toBe(1);
    undo();
  });

  it('judges the way from the dist/ of another branch', () => {
    const other = copyRoot();
    try {
      tenantry(other.root, 'synth');
      const check = () => tenantry(root, 'check', '--base', other.root);
      expect(check().status).toBe(0);
      const file = join(other.root, 'dist/prod/platform/scheduling/priority-classes.yaml');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace(/^value: .*$/m, 'value: 7'));
      const { status, stdout } = check();
      expect(status).toBe(1);
      expect(stdout).toMatch(/error: PriorityClass \S+ in dist\/prod\/\S+: value .*\[refused-update\]/);
      expect(tenantry(root, 'check', '--base', join(root, 'nowhere')).status).toBe(2);
    } finally {
      other.remove();
    }
  });

  it('counts what is stale as a finding', () => {
    const undo = change('tenants/vision.yaml', 'displayName: Computer Vision', 'displayName: Vision');
    const { stdout, status } = tenantry(root, 'check', '--format', 'json');
    undo();
    expect(status).toBe(1);
    const issues = JSON.parse(stdout).issues as { rule: string }[];
    expect(new Set(issues.map(({ rule }) => rule))).toEqual(new Set(['stale']));
  });
});
