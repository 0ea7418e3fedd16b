import { backupTags } from '../model/names';
import type { Cluster } from '../model/platform';
import { arn, type Place } from './statement';

/** Daily, while people sleep: 03:00 UTC, as EventBridge writes it. */
export const SCHEDULE = 'cron(0 3 * * ? *)';

/** What AWS keeps for its own service: a list of ours would miss what a new kind of volume needs, and fail at night. */
export const BACKUP_POLICY = 'service-role/AWSBackupServiceRolePolicyForBackup';

/** The daily backup of homes, by AWS Backup. */
export interface Backup {
  readonly vault: string;
  readonly role: string;
  /** Days that a backup is kept. */
  readonly retentionDays: number;
  /** ARNs of what may be backed up. */
  readonly resources: readonly string[];
  /** Tags that must be on it, all of them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Every disk with the tags of the cluster's StorageClass, or the one file system. */
export function backupOf({ name, spec }: Cluster, place: Place): Backup {
  const { retentionDays = 35 } = spec.backup ?? {};
  const common = { vault: `${name}-homes`, role: `${name}-backup`, retentionDays };
  return spec.homes === undefined
    ? { ...common, resources: [arn(place, 'ec2', 'volume/*')], tags: backupTags(name) }
    : {
        ...common,
        resources: [arn(place, 'elasticfilesystem', `file-system/${spec.homes.efs}`)],
        tags: {},
      };
}
