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
      selections: [
        {
          name: 'disks',
          resources: ['arn:aws:ec2:eu-west-1:111122223333:volume/*'],
          tags: { 'tenantry.dev/backup': 'daily', 'tenantry.dev/cluster': 'main' },
        },
      ],
    });
    expect(backupOf(clusterWith({}), place).retentionDays).toBe(35);
  });

  it('takes the file system too where homes are on one, by its id alone', () => {
    const cluster = clusterWith({ 'spec.homes': { efs: 'fs-0123456789abcdef0' } });
    expect(backupOf(cluster, place).selections.map(({ name }) => name)).toEqual(['disks', 'file-system']);
    const { resource } = JSON.parse(terraformOf(cluster).get('main.tf.json') ?? '');
    const { disks, ...others } = resource.aws_backup_selection;
    expect(Object.keys(disks)).toContain('condition');
    expect(Object.keys(others['file-system'])).not.toContain('condition');
    const selections = Object.values(templateOf(cluster).findResources('AWS::Backup::BackupSelection')).map(
      ({ Properties }) => [
        JSON.stringify(Properties.BackupSelection.Resources).match(/(volume|file-system)\/[*\w-]+/)?.[0],
        'Conditions' in Properties.BackupSelection,
      ],
    );
    expect(selections).toEqual([
      ['volume/*', true],
      ['file-system/fs-0123456789abcdef0', false],
    ]);
  });
});
