import type { Issue } from '../issue';
import { group } from '../model/names';
import type { TenantFile } from '../schema/tenant';
import type { Input } from './inputs';
import { reporter } from './reporter';

/** A group of the identity provider opens one tenant only: bound in two, it would join them. */
export function checkGroups(tenants: readonly Input<TenantFile>[]): Issue[] {
  const issues: Issue[] = [];
  const owners = new Map<string, string>();
  for (const { document, file } of tenants) {
    const name = file.metadata.name;
    for (const role of ['admins', 'users'] as const) {
      const written = file.spec.members.groups?.[role];
      // IAM roles are put into the default group, whatever else is written.
      for (const used of new Set([written ?? group(name, role), group(name, role)])) {
        const owner = owners.get(used);
        if (owner !== undefined && owner !== document.file) {
          const pointer = ['spec', 'members', ...(written === undefined ? [] : ['groups', role])];
          reporter(document, issues)(
            pointer,
            'duplicate-group',
            `group "${used}" is already bound in ${owner}`,
          );
        }
        owners.set(used, document.file);
      }
    }
  }
  return issues;
}
