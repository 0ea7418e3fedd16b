import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { check } from '../../lib/cli/check';
import { cluster } from '../../lib/cli/cluster';
import { explain } from '../../lib/cli/explain';
import { commandHelp } from '../../lib/cli/help';
import { importCommand } from '../../lib/cli/import';
import { infra } from '../../lib/cli/infra';
import { list } from '../../lib/cli/list';
import { newTenant } from '../../lib/cli/new';
import { synth } from '../../lib/cli/synth';
import { snapshot } from '../render/fixtures';
import { copyRoot, REPOSITORY, run, tenantry } from '../support/cli';

jest.setTimeout(60_000);

let root = '';
let remove = () => {};

beforeEach(() => {
  ({ root, remove } = copyRoot());
});
afterEach(() => remove());

describe('the command line', () => {
  it('shows help with every command and examples', () => {
    const { status, stdout, stderr } = tenantry(root, '--help');
    expect([status, stderr]).toEqual([0, '']);
    for (const command of [
      'synth',
      'check',
      'new tenant NAME',
      'list',
      'explain FIELD',
      'infra',
      'cluster adopt|quotas|cost',
      'import',
    ]) {
      expect(stdout).toContain(`\n  ${command} `);
      expect(stdout).toMatch(new RegExp(`Examples:[^]*\\n {2}tenantry ${command.split(' ')[0]}\\b`));
    }
    const topic = tenantry(root, 'help', 'synth');
    expect(topic).toEqual({ status: 0, stdout: commandHelp(synth), stderr: '' });
  });

  it.each([
    [['sinth'], 'unknown command "sinth"; did you mean "synth"?\nSee tenantry --help'],
    [['--quiet', 'synth'], 'the command comes first: tenantry COMMAND --quiet'],
    [['synth', '--chek'], 'unknown option --chek; did you mean "--check"?\nSee tenantry synth --help'],
    [['synth', 'vision'], 'unexpected argument "vision"\nSee tenantry synth --help'],
    [['list', '--root', 'nowhere'], '--root nowhere: no such folder'],
  ])('refuses %j with exit code 2', (args, message) => {
    expect(tenantry(root, ...args)).toEqual({ status: 2, stdout: '', stderr: `tenantry: ${message}\n` });
  });
});

describe('help on a command', () => {
  it.each([synth, check, newTenant, list, explain, infra, cluster, importCommand])(
    '$name has options and examples',
    (command) => {
      const text = commandHelp(command);
      for (const { name } of command.options) expect(text).toContain(`\n  --${name}`);
      expect(text).toMatch(/\n {2}--quiet .*\n {2}--help /);
      expect(text).toContain(`\nExamples:\n  tenantry ${command.name}`);
    },
  );
});

describe('a strange root', () => {
  it('gives one sentence, and nothing is written anywhere', () => {
    renameSync(join(root, 'tenants'), join(root, 'elsewhere'));
    const before = snapshot(root);
    const missing = tenantry(root, 'synth');
    expect(missing).toMatchObject({ status: 1, stdout: '' });
    expect(missing.stderr).toBe(
      'error: folder tenants cannot be read: ENOENT  [no-folder]\n  help: create the folder tenants\n\n1 error\n\ndist/ is unchanged\n',
    );
    expect(snapshot(root)).toEqual(before);

    renameSync(join(root, 'elsewhere'), join(root, 'tenants'));
    rmSync(join(root, 'tenants/vision.yaml'));
    mkdirSync(join(root, 'tenants/vision.yaml'));
    const folder = tenantry(join(root, 'tenants'), 'list');
    expect(folder).toMatchObject({ status: 1, stdout: '' });
    expect(folder.stderr).toContain(
      'tenants/vision.yaml:1:1: error: only *.yaml files lie here  [stray-file]',
    );

    rmSync(join(root, 'tenants/vision.yaml'), { recursive: true });
    writeFileSync(join(root, 'dist'), 'a file\n');
    for (const file of ['clusters/prod.yaml', 'clusters/staging.yaml']) rmSync(join(root, file));
    const dist = tenantry(root, 'check');
    expect(dist.status).toBe(1);
    expect(dist.stdout).toContain('cluster "prod" is not in clusters/');
  });

  it('with a file in place of dist/ says so', () => {
    writeFileSync(join(root, 'dist'), 'a file\n');
    expect(tenantry(root, 'synth')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'tenantry: dist is a file, not a folder: move it away\n',
    });
  });
});

describe('tenantry list', () => {
  it('shows every tenant on every cluster, from any folder below', () => {
    const { status, stdout, stderr } = tenantry(join(root, 'clusters'), 'list');
    expect([status, stderr]).toEqual([0, '']);
    const [heading, ...rows] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(heading).toEqual([
      'TENANT',
      'CLUSTER',
      'STATE',
      'MEMBERS',
      'CPU',
      'MEMORY',
      'STORAGE',
      'GPUS',
      'RAY',
      'OWNER',
    ]);
    expect(rows.map(([tenant, cluster]) => `${tenant} ${cluster}`)).toEqual([
      'course-ml101 prod',
      'language prod',
      'language staging',
      'vision prod',
      'vision staging',
    ]);
    expect(rows[4]?.slice(2, 8)).toEqual(['active', '4', '64+32', '256Gi+128Gi', '2Ti', 'a10g:6+4']);
  });

  it('is not troubled by a reader that leaves', () => {
    const bin = join(REPOSITORY, 'bin/tenantry');
    expect(run(root, 'sh', ['-c', `"${bin}" explain tenant.spec | true`])).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });
});
