import type { Cluster } from '../../model/platform';
import { BACKUP_POLICY, backupOf, SCHEDULE, type Selection } from '../backup';
import type { Place } from '../statement';
import { policy } from './policy';
import { ref } from './reference';
import type { Resources } from './resources';

/** The daily backup of homes. Terraform deletes a vault only when it is empty. */
export function backup(cluster: Cluster, place: Place): Resources {
  const { vault, role, retentionDays, selections } = backupOf(cluster, place);
  const trust = policy([
    { Effect: 'Allow', Principal: { Service: ['backup.amazonaws.com'] }, Action: ['sts:AssumeRole'] },
  ]);
  return {
    aws_iam_role: { backup: { name: role, assume_role_policy: trust } },
    aws_iam_role_policy_attachment: {
      backup: {
        role: ref('aws_iam_role.backup.name'),
        policy_arn: `arn:${place.partition}:iam::aws:policy/${BACKUP_POLICY}`,
      },
    },
    aws_backup_vault: { homes: { name: vault } },
    aws_backup_plan: {
      homes: {
        name: vault,
        rule: {
          rule_name: 'daily',
          target_vault_name: ref('aws_backup_vault.homes.name'),
          schedule: SCHEDULE,
          lifecycle: { delete_after: retentionDays },
        },
      },
    },
    aws_backup_selection: Object.fromEntries(
      selections.map((selection) => [selection.name, selectionOf(selection)]),
    ),
  };
}

function selectionOf({ name, resources, tags }: Selection): object {
  const conditions = Object.entries(tags).map(([key, value]) => ({ key: `aws:ResourceTag/${key}`, value }));
  return {
    name,
    plan_id: ref('aws_backup_plan.homes.id'),
    iam_role_arn: ref('aws_iam_role.backup.arn'),
    resources,
    ...(conditions.length === 0 ? {} : { condition: { string_equals: conditions } }),
  };
}
