import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { loadPlatform } from '../../lib/check/platform';
import { newTenant } from '../../lib/cli/new';
import { copyRoot, tenantry } from '../support/cli';

jest.setTimeout(60_000);

let root = '';
let remove = () => {};

beforeEach(() => {
  ({ root, remove } = copyRoot());
});
afterEach(() => remove());

const NEXT = 'Next: edit it, then run tenantry synth and commit both.\n';
const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe' });
const read = (name: string) => readFileSync(join(root, `tenants/${name}.yaml`), 'utf8');

/** Runs the command in this process; a wrong usage throws. */
function create(name: string, flags: Record<string, string>): string {
  const silent = () => {};
  newTenant.run({
    root,
    args: ['tenant', name],
    flags,
    color: false,
    waits: false,
    out: silent,
    talk: silent,
    fail: silent,
  });
  return read(name);
}

describe('tenantry new tenant', () => {
  it('writes a file that passes the check, owned by the e-mail address of git', () => {
    git('init', '--quiet');
    git('config', 'user.email', 'Ada.Lovelace+ml@example.com');
    expect(tenantry(root, 'new', 'tenant', 'robotics')).toEqual({
      status: 0,
      stdout: 'tenants/robotics.yaml\n',
      stderr: NEXT,
    });
    expect(read('robotics')).toContain('owner: Ada.Lovelace+ml@example.com\n');
    expect(read('robotics')).toContain('admins: [ada-lovelace-ml]\n');
    expect(read('robotics')).toContain('clusters: [prod, staging]\n');
    expect(tenantry(root, 'synth').status).toBe(0);
    expect(tenantry(root, 'check').status).toBe(0);
  });

  it('asks for an owner where git knows none, and is silent with --quiet', () => {
    expect(tenantry(root, 'new', 'tenant', 'robotics')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'tenantry: git knows no user.email: give --owner EMAIL\n',
    });
    const options = ['--owner', 'ada@example.com', '--cluster', 'staging', '--quiet'];
    expect(tenantry(root, 'new', 'tenant', 'robotics', ...options)).toEqual({
      status: 0,
      stdout: 'tenants/robotics.yaml\n',
      stderr: '',
    });
    expect(read('robotics')).toContain('clusters: [staging]\n');
    expect(tenantry(root, 'new', 'tenant', 'robotics', '--owner', 'ada@example.com')).toMatchObject({
      status: 2,
      stderr: 'tenantry: tenants/robotics.yaml exists already\n',
    });
  });

  it.each([
    ['Vision', {}, /"Vision" is not a name of lower-case letters.*at most 30 characters/],
    ['a'.repeat(31), {}, /at most 30 characters/],
    ['a--b', {}, /single dashes/],
    ['../x', {}, /is not a name/],
    ['default', {}, '"default" is reserved for the platform'],
    ['kube-x', {}, '"kube-" is reserved for Kubernetes'],
    ['a-workloads', {}, '"-workloads" at the end is reserved'],
    ['vision', {}, 'tenants/vision.yaml exists already'],
    ['robotics', { owner: 'ada' }, '--owner: "ada" is not an e-mail address; give --owner EMAIL'],
    ['robotics', { cluster: 'prd' }, '--cluster prd: no such cluster; did you mean "prod"?'],
    ['robotics', { cluster: 'qa' }, '--cluster qa: no such cluster; there are: prod, staging'],
  ])('refuses the name %s with %j', (name, flags, message) => {
    expect(() => create(name, { owner: 'ada@example.com', ...flags })).toThrow(message);
  });

  it('refuses an address of git that is none', () => {
    git('init', '--quiet');
    git('config', 'user.email', 'root@localhost');
    expect(() => create('robotics', {})).toThrow(
      'user.email of git: "root@localhost" is not an e-mail address',
    );
  });

  it.each(['*ada@example.com', '4711@example.com', 'a:b@example.com:', `${'ada.'.repeat(20)}x@example.com`])(
    'writes the owner %s so that YAML reads it back',
    (owner) => {
      create('robotics', { owner });
      const { platform, issues } = loadPlatform(root);
      expect(issues).toEqual([]);
      expect(platform?.placements.find(({ tenant }) => tenant === 'robotics')?.spec.owner).toBe(owner);
    },
  );

  it('lists only files of clusters that can be named', () => {
    writeFileSync(join(root, 'clusters/.hidden.yaml'), '');
    writeFileSync(join(root, 'clusters/README.md'), '');
    expect(create('robotics', { owner: 'ada@example.com' })).toContain('clusters: [prod, staging]\n');
    const empty = join(root, 'empty');
    mkdirSync(empty);
    expect(tenantry(empty, 'new', 'tenant', 'x', '--root', '.', '--owner', 'a@example.com')).toMatchObject({
      status: 2,
      stderr: 'tenantry: clusters/ has no file: a tenant needs a cluster to live on\n',
    });
  });
});
