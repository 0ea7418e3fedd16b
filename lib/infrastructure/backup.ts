import { backupTags } from '../model/names';
import type { Cluster } from '../model/platform';
import { arn, type Place } from './statement';

/** Daily, at 03:00 UTC. */
export const SCHEDULE = 'cron(0 3 * * ? *)';

/** What AWS keeps for its own service: a list of ours would lack what a new kind of volume needs, and fail at night. */
export const BACKUP_POLICY = 'service-role/AWSBackupServiceRolePolicyForBackup';

/** What AWS Backup copies. */
export interface Selection {
  readonly name: string;
  readonly resources: readonly string[];
  /** Tags that must be on it, all of them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The daily backup of homes and of the hub's accounts. */
export interface Backup {
  /** Name of the vault, and of the plan. */
  readonly vault: string;
  readonly role: string;
  /** Days that a copy is kept. */
  readonly retentionDays: number;
  readonly selections: readonly Selection[];
}

/** Every disk with the tags of the cluster's StorageClasses, and the file system where homes are on one. */
export function backupOf({ name, spec }: Cluster, place: Place): Backup {
  const disks = { name: 'disks', resources: [arn(place, 'ec2', 'volume/*')], tags: backupTags(name) };
  const files = (id: string) => ({
    name: 'file-system',
    resources: [arn(place, 'elasticfilesystem', `file-system/${id}`)],
    tags: {},
  });
  return {
    vault: `${name}-homes`,
    role: `${name}-backup`,
    retentionDays: spec.backup?.retentionDays ?? 35,
    selections: [disks, ...(spec.homes === undefined ? [] : [files(spec.homes.efs)])],
  };
}
