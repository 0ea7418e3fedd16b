import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reservedReason } from '../check/reserved';
import { compare } from '../issue';
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
    const owner = text(flags, 'owner') ?? gitEmail(root);
    const cluster = text(flags, 'cluster');
    const clusters = clusterFiles(root);
    if (cluster !== undefined && !clusters.includes(cluster)) {
      throw new UsageError(
        `--cluster ${cluster}: there is no clusters/${cluster}.yaml; there are: ${clusters.join(', ')}`,
      );
    }
    mkdirSync(join(root, 'tenants'), { recursive: true });
    writeFileSync(file, template(name, owner, cluster === undefined ? clusters : [cluster]), { flag: 'wx' });
    out(`tenants/${name}.yaml`);
    talk('Next: edit it, then run tenantry synth and commit both.');
    return 0;
  },
};

function checkName(name: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 30) {
    throw new UsageError(
      `"${name}" is not a name of lower-case letters, digits and single dashes, at most 30 characters`,
    );
  }
  const reserved = reservedReason(name);
  if (reserved !== undefined) throw new UsageError(reserved);
}

function clusterFiles(root: string): string[] {
  const folder = join(root, 'clusters');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const names = files.filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -'.yaml'.length));
  if (names.length === 0) throw new UsageError('clusters/ has no file: a tenant needs a cluster to live on');
  return names.sort(compare);
}

function gitEmail(root: string): string {
  try {
    const email = execFileSync('git', ['config', 'user.email'], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
    if (email !== '') return email;
  } catch {
    // No git, or no user.email: the option is the way.
  }
  throw new UsageError('git knows no user.email: give --owner EMAIL');
}

function template(name: string, owner: string, clusters: readonly string[]): string {
  const admin = owner
    .slice(0, owner.indexOf('@'))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
  return `# yaml-language-server: $schema=../imports/schemas/tenant.json
# Fields and defaults: tenantry explain tenant.spec
apiVersion: tenantry.dev/v1alpha1
kind: Tenant
metadata:
  name: ${name}
spec:
  owner: ${owner}
  members:
    admins: [${admin || 'admin-1'}]
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
