import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suggest } from '../check/did-you-mean';
import { reservedReason } from '../check/reserved';
import { compare } from '../issue';
import { Email, Name } from '../schema/fields';
import { type Command, text, UsageError } from './command';

/** Writes a commented tenant file that passes the check as it is. */
export const newTenant: Command = {
  name: 'new',
  args: 'tenant NAME',
  summary: 'Write a commented tenant file; everything has a default.',
  options: [
    { name: 'owner', value: 'EMAIL', text: 'Who answers for the tenant. Default: user.email of git.' },
    { name: 'cluster', value: 'NAME', text: 'Cluster it lives on. Default: all of clusters/.' },
  ],
  examples: [
    ['tenantry new tenant robotics', 'write tenants/robotics.yaml'],
    [
      'tenantry new tenant robotics --owner ada@example.com --cluster staging',
      'with an owner, on one cluster',
    ],
  ],
  run({ root, args, flags, out, talk }) {
    const [kind, name] = args;
    if (kind !== 'tenant' || name === undefined || args.length > 2)
      throw new UsageError('usage: tenantry new tenant NAME');
    checkName(name);
    const file = join(root, 'tenants', `${name}.yaml`);
    if (existsSync(file)) throw new UsageError(`tenants/${name}.yaml exists already`);
    const owner = ownerOf(root, text(flags, 'owner'));
    const cluster = text(flags, 'cluster');
    const clusters = clusterFiles(root);
    if (cluster !== undefined) requireCluster(cluster, clusters);
    mkdirSync(join(root, 'tenants'), { recursive: true });
    writeFileSync(file, template(name, owner, cluster === undefined ? clusters : [cluster]), { flag: 'wx' });
    out(`tenants/${name}.yaml`);
    talk('Next: edit it, then run tenantry synth and commit both.');
    return 0;
  },
};

const NAME = Name('');

function checkName(name: string): void {
  if (!fits(name, NAME)) {
    throw new UsageError(`"${name}" is not ${NAME['x-pattern-help']}, at most ${NAME.maxLength} characters`);
  }
  const reserved = reservedReason(name);
  if (reserved !== undefined) throw new UsageError(reserved);
}

function fits(word: string, { pattern = '', maxLength = 0 }: typeof NAME): boolean {
  return word.length <= maxLength && new RegExp(pattern, 'u').test(word);
}

function requireCluster(name: string, clusters: readonly string[]): void {
  if (clusters.includes(name)) return;
  const nearest = suggest(name, clusters);
  const hint = nearest === undefined ? `there are: ${clusters.join(', ')}` : `did you mean "${nearest}"?`;
  throw new UsageError(`--cluster ${name}: no such cluster; ${hint}`);
}

function clusterFiles(root: string): string[] {
  const folder = join(root, 'clusters');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const names = files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .filter((name) => fits(name, NAME));
  if (names.length === 0) throw new UsageError('clusters/ has no file: a tenant needs a cluster to live on');
  return names.sort(compare);
}

function ownerOf(root: string, given: string | undefined): string {
  const owner = given ?? gitEmail(root);
  if (owner === '') throw new UsageError('git knows no user.email: give --owner EMAIL');
  if (fits(owner, Email(''))) return owner;
  const place = given === undefined ? 'user.email of git' : '--owner';
  throw new UsageError(`${place}: "${owner}" is not an e-mail address; give --owner EMAIL`);
}

/** Empty where git is not there or knows none. */
function gitEmail(root: string): string {
  try {
    const options = { cwd: root, encoding: 'utf8', stdio: 'pipe' } as const;
    return execFileSync('git', ['config', 'user.email'], options).trim();
  } catch {
    return '';
  }
}

/** A user name made of an e-mail address. */
function userOf(owner: string): string {
  const name = owner
    .slice(0, owner.indexOf('@'))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-$/, '');
  return name || 'admin-1';
}

/** Text that YAML could take for something else is quoted. */
function quoted(text: string): string {
  return /^[A-Za-z0-9][\w.+@-]*$/.test(text) ? text : JSON.stringify(text);
}

function template(name: string, owner: string, clusters: readonly string[]): string {
  return `# yaml-language-server: $schema=../imports/schemas/tenant.json
# Fields and defaults: tenantry explain tenant.spec
apiVersion: tenantry.dev/v1alpha1
kind: Tenant
metadata:
  name: ${name}
spec:
  # state: frozen # nothing runs, data stays; tenantry explain tenant.spec.state
  owner: ${quoted(owner)}
  members:
    admins: [${userOf(owner)}]
    # users: [grace, alan]
  clusters: [${clusters.join(', ')}]
  quota:
    cpu: 8 # cores on CPU nodes
    memory: 32Gi
    storage: 200Gi # homes of all members together
    # gpus: {a10g: 1} # by type; tenantry explain tenant.spec.quota.gpus
  # notebooks:
  #   profiles: [cpu-small]
  #   home: 20Gi
  #   idleTimeout: 1h
  # ray:
  #   clusters:
  #     - name: shared
  #       workers:
  #         - {name: cpu, cpu: 1, memory: 4Gi, max: 2}
  # datasets: [mnist]
  # network: {egress: internet}
`;
}
