import type { Issue } from '../issue';
import { nodeRole, tenantRole } from '../model/names';
import { clusterNames } from '../model/placement';
import type { TenantFile } from '../schema/tenant';
import type { Input } from './inputs';
import { reporter } from './reporter';

/** EKS has one access entry a role: bound twice, the second would take the rights of the first. */
export function checkRoles(tenants: readonly Input<TenantFile>[]): Issue[] {
  const issues: Issue[] = [];
  const owners = new Map<string, string>();
  for (const { document, file } of tenants) {
    const report = reporter(document, issues);
    for (const [role, arn = ''] of Object.entries(file.spec.members.roles ?? {})) {
      const pointer = ['spec', 'members', 'roles', role];
      const name = arn.slice(arn.lastIndexOf('/') + 1);
      const owner = owners.get(arn);
      if (clusterNames(file.spec).some((cluster) => [nodeRole(cluster), tenantRole(cluster)].includes(name)))
        report(pointer, 'platform-role', `"${name}" is a role of the platform`);
      else if (owner !== undefined)
        report(pointer, 'duplicate-role', `role "${name}" is already bound in ${owner}`);
      owners.set(arn, document.file);
    }
  }
  return issues;
}
