import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { snapshot, writeTree } from '../render/fixtures';
import { copyRoot, tenantry } from '../support/cli';
import { tenant } from '../support/inputs';

jest.setTimeout(60_000);

let root = '';
let remove = () => {};

beforeEach(() => {
  ({ root, remove } = copyRoot());
});
afterEach(() => remove());

const at = (path: string) => join(root, path);
const dist = () => snapshot(at('dist'));
const filesOf = (tree: Record<string, string>) =>
  Object.keys(tree).filter((path) => tree[path]?.startsWith('file'));
const edit = (path: string, from: string, to: string) => {
  const text = readFileSync(at(path), 'utf8');
  expect(text).toContain(from);
  writeFileSync(at(path), text.replace(from, to));
};

describe('tenantry synth', () => {
  it('writes dist/ once, deletes what a removed tenant leaves, and keeps all when a file is broken', () => {
    const first = tenantry(root, 'synth');
    const count = filesOf(dist()).length;
    expect(first).toEqual({
      status: 0,
      stdout: `dist/: ${count} written, 0 deleted, 0 unchanged\n`,
      stderr: '',
    });
    expect(tenantry(root, 'synth').stdout).toBe(`dist/: 0 written, 0 deleted, ${count} unchanged\n`);
    expect(tenantry(root, 'synth', '--check')).toMatchObject({
      status: 0,
      stdout: `dist/: ${count} files up to date\n`,
    });

    edit('tenants/course-ml101.yaml', 'spec:\n', 'spec:\n  state: archived\n');
    expect(tenantry(root, 'synth').status).toBe(0);
    const before = dist();
    rmSync(at('tenants/course-ml101.yaml'));
    const gone = filesOf(before).filter((path) => path.includes('course-ml101'));
    const removed = tenantry(root, 'synth');
    expect(removed.status).toBe(0);
    expect(removed.stdout.trim().split('\n')).toEqual([
      ...gone.map((path) => `deleted dist/${path}`),
      `dist/: 0 written, ${gone.length} deleted, ${filesOf(before).length - gone.length} unchanged`,
    ]);
    const rest = Object.fromEntries(
      Object.entries(before).filter(([path]) => !path.includes('course-ml101')),
    );
    expect(dist()).toEqual(rest);

    edit('tenants/vision.yaml', 'storage: 2Ti', 'storage: 2TB');
    edit('tenants/language.yaml', '[common-crawl]', '[comon-crawl]');
    edit('clusters/staging.yaml', 'eu-west-1c', 'eu-west-2c');
    rmSync(at('dist/prod/tenants/vision/quota.yaml'));
    const damaged = dist();
    const broken = tenantry(root, 'synth', '--tenant', 'vision');
    expect(broken).toMatchObject({ status: 1, stdout: '' });
    expect(dist()).toEqual(damaged);
    const errors = broken.stderr.matchAll(/^(\S+):\d+:\d+: error: (\S+): .*\[(\S+)\]$/gm);
    expect([...errors].map(([, ...parts]) => parts.join(' '))).toEqual([
      'clusters/staging.yaml spec.zones[2] zone',
      'tenants/language.yaml spec.datasets[0] unknown-reference',
      'tenants/language.yaml spec.datasets[0] unknown-reference',
      'tenants/vision.yaml spec.quota.storage bad-format',
    ]);
    expect(broken.stderr).toMatch(/\n4 errors in 3 files\n\ndist\/ is unchanged\n$/);
  });

  it('narrows what it writes to a tenant and a cluster, never to a name that is not there', () => {
    expect(tenantry(root, 'synth', '--tenant', 'vision', '--cluster', 'staging').status).toBe(0);
    const paths = filesOf(dist());
    expect(paths).toContain('staging/argocd/vision.yaml');
    expect(paths.every((path) => /^staging\/(argocd\/vision\.yaml|tenants\/vision\/)/.test(path))).toBe(true);
    expect(tenantry(root, 'synth', '--tenant', 'vision').status).toBe(0);
    expect(filesOf(dist())).toHaveLength(2 * paths.length);
    expect(tenantry(root, 'synth', '--cluster', 'prod').status).toBe(0);
    expect(filesOf(dist()).filter((path) => path.startsWith('staging'))).toEqual(paths);

    expect(tenantry(root, 'synth', '--tenant', 'visoin')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'tenantry: --tenant visoin: no such tenant; did you mean "vision"?\n',
    });
    expect(tenantry(root, 'synth', '--cluster', 'qa').stderr).toBe(
      'tenantry: --cluster qa: no such cluster; there are: prod, staging\n',
    );
  });

  it('takes no tenant away that is not archived, on every cluster that it leaves', () => {
    const on = (clusters: unknown) =>
      writeTree(root, {
        'tenants/leaver.yaml': tenant('leaver', {
          'spec.clusters': clusters,
          'spec.quota': { cpu: 2, memory: '8Gi', storage: '20Gi' },
        }),
      });
    on(['prod', 'staging']);
    expect(tenantry(root, 'synth').status).toBe(0);
    const before = dist();
    on(['prod']);
    const refused = tenantry(root, 'synth');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toContain(
      'Namespace leaver would leave dist/staging/tenants/leaver/namespace.yaml, and with it the homes',
    );
    expect(dist()).toEqual(before);
    on({ prod: {}, staging: { state: 'archived' } });
    expect(tenantry(root, 'synth').status).toBe(0);
    on(['prod']);
    expect(tenantry(root, 'synth').status).toBe(0);
    expect(Object.keys(dist()).filter((path) => path.includes('leaver') && !path.startsWith('prod'))).toEqual(
      [],
    );
  });

  it('deletes many tenants at once only when it may', () => {
    const names = Array.from({ length: 10 }, (_, index) => `team-${index}`);
    const text = (name: string) =>
      tenant(name, { 'spec.clusters': ['prod'], 'spec.quota': { cpu: 2, memory: '8Gi', storage: '20Gi' } });
    writeTree(root, Object.fromEntries(names.map((name) => [`tenants/${name}.yaml`, text(name)])));
    expect(tenantry(root, 'synth').status).toBe(0);
    const before = dist();
    for (const name of names.slice(0, 2)) rmSync(at(`tenants/${name}.yaml`));
    const refused = tenantry(root, 'synth');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/2 of 1\d tenants of cluster prod would be deleted: team-0, team-1\b/);
    expect(refused.stderr).toContain('pass --allow-delete');
    expect(dist()).toEqual(before);
    const allowed = tenantry(root, 'synth', '--allow-delete');
    expect(allowed.status).toBe(0);
    expect(allowed.stdout.match(/^deleted dist\/prod\/\S+$/gm)).toHaveLength(18);
    expect(filesOf(dist()).filter((path) => /team-[01]\b/.test(path))).toEqual([]);
  });
});

describe('tenantry check', () => {
  it('passes a fresh dist/, and lists what is stale, edited by hand, missing and not ours', () => {
    tenantry(root, 'synth');
    const good = tenantry(root, 'check');
    expect(good).toMatchObject({ status: 0, stderr: '' });
    expect(good.stdout).toMatch(
      /^\d+ objects judged\n\d+ placements of tenants on 2 clusters\ndist\/: \d+ files up to date\n$/,
    );

    edit('tenants/vision.yaml', 'owner: ada', 'owner: alan');
    edit('dist/staging/tenants/language/quota.yaml', 'pods: ', 'pods:  ');
    rmSync(at('dist/prod/argocd/language.yaml'));
    const before = dist();
    const stale = tenantry(root, 'check');
    expect(stale.status).toBe(1);
    expect(stale.stderr).toMatch(/^dist\/ is stale in \d+ files: run tenantry synth and commit it\n$/);
    expect(stale.stdout).toContain('dist/prod/argocd/language.yaml: is missing\n');
    expect(stale.stdout).toContain(
      'dist/staging/tenants/language/quota.yaml: differs from what the files say\n',
    );
    expect(stale.stdout).toContain(
      'dist/prod/tenants/vision/namespace.yaml: differs from what the files say\n',
    );
    const { status, stdout } = tenantry(root, 'synth', '--check');
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: stale.stdout.replace(/^.*judged\n.*clusters\n/, ''),
    });
    expect(dist()).toEqual(before);

    writeFileSync(at('dist/prod/notes.yaml'), 'kind: Secret\n');
    const foreign = tenantry(root, 'check');
    expect(foreign.status).toBe(1);
    expect(foreign.stdout).toContain(
      'error: dist/prod/notes.yaml was not written by tenantry  [foreign-file]',
    );
    const refused = tenantry(root, 'synth');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toContain('move it out of dist/');
    expect(dist()).toEqual({ ...before, 'prod/notes.yaml': 'file kind: Secret\n' });
  });
});
