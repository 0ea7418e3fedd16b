import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnBackupPlan, CfnBackupSelection, CfnBackupVault } from 'aws-cdk-lib/aws-backup';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BACKUP_POLICY, backupOf, SCHEDULE } from '../../lib/infrastructure/backup';
import type { Place } from '../../lib/infrastructure/statement';
import type { Cluster } from '../../lib/model/platform';

/** The daily backup of homes. What it has copied outlives the stack. */
export class Backup extends Construct {
  constructor(scope: Construct, cluster: Cluster, place: Place) {
    super(scope, 'Backup');
    const { vault, role, retentionDays, selections } = backupOf(cluster, place);
    const backupVault = new CfnBackupVault(this, 'Vault', { backupVaultName: vault });
    backupVault.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const plan = new CfnBackupPlan(this, 'Plan', {
      backupPlan: {
        backupPlanName: vault,
        backupPlanRule: [
          {
            ruleName: 'daily',
            targetBackupVault: backupVault.ref,
            scheduleExpression: SCHEDULE,
            lifecycle: { deleteAfterDays: retentionDays },
          },
        ],
      },
    });
    const { roleArn } = new Role(this, 'Role', {
      roleName: role,
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(BACKUP_POLICY)],
    });
    for (const { name, resources, tags } of selections) {
      const conditions = Object.entries(tags).map(([key, ConditionValue]) => ({
        ConditionKey: `aws:ResourceTag/${key}`,
        ConditionValue,
      }));
      new CfnBackupSelection(this, name, {
        backupPlanId: plan.attrBackupPlanId,
        backupSelection: {
          selectionName: name,
          iamRoleArn: roleArn,
          resources: [...resources],
          ...(conditions.length === 0 ? {} : { conditions: { StringEquals: conditions } }),
        },
      });
    }
  }
}
