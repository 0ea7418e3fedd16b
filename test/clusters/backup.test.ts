import { describe, expect, it, jest } from '@jest/globals';
import { backupOf } from '../../lib/infrastructure/backup';
import { terraformOf } from '../../lib/infrastructure/terraform/main';
import { clusterWith } from './cluster';
import { templateOf } from './synthesize';

jest.setTimeout(120_000);

const place = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };

describe('the backup of homes', () => {
  it('takes the disks of this cluster, each day, and keeps them as long as the cluster file says', () => {
    expect(backupOf(clusterWith({ 'spec.backup': { retentionDays: 90 } }), place)).toEqual({
      vault: 'main-homes',
      role: 'main-backup',
      retentionDays: 90,
      resources: ['arn:aws:ec2:eu-west-1:111122223333:volume/*'],
      tags: { 'tenantry.dev/backup': 'daily', 'tenantry.dev/cluster': 'main' },
    });
    expect(backupOf(clusterWith({}), place).retentionDays).toBe(35);
  });

  it('takes the file system where homes are on one', () => {
    const cluster = clusterWith({ 'spec.homes': { efs: 'fs-0123456789abcdef0' } });
    expect(backupOf(cluster, place)).toMatchObject({
      resources: ['arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123456789abcdef0'],
      tags: {},
    });
    const { resource } = JSON.parse(terraformOf(cluster).get('main.tf.json') ?? '');
    expect(resource.aws_backup_selection.homes).not.toHaveProperty('condition');
    const [selection] = Object.values(templateOf(cluster).findResources('AWS::Backup::BackupSelection'));
    expect(selection?.Properties.BackupSelection).not.toHaveProperty('Conditions');
  });
});
