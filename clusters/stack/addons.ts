import { CfnAddon, type Cluster as EksCluster } from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { addonsOf } from '../../lib/infrastructure/addons';
import type { Cluster } from '../../lib/model/platform';

/** EKS add-ons: some before the nodes, which are not ready without them, the others after, since they run on nodes. */
export class Addons extends Construct {
  readonly beforeNodes: Construct;
  readonly afterNodes: Construct;

  constructor(scope: Construct, cluster: Cluster, { clusterName }: EksCluster) {
    super(scope, 'Addons');
    this.beforeNodes = new Construct(this, 'BeforeNodes');
    this.afterNodes = new Construct(this, 'AfterNodes');
    for (const { name, version, configuration, beforeNodes } of addonsOf(cluster)) {
      new CfnAddon(beforeNodes ? this.beforeNodes : this.afterNodes, name, {
        addonName: name,
        clusterName,
        resolveConflicts: 'OVERWRITE',
        ...(version === undefined ? {} : { addonVersion: version }),
        ...(configuration === undefined ? {} : { configurationValues: JSON.stringify(configuration) }),
      });
    }
  }
}
