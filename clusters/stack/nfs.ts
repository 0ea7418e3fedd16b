import { CfnSecurityGroupIngress, type SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { nfsOf } from '../../lib/infrastructure/nfs';
import type { Cluster } from '../../lib/model/platform';

/** The way to homes on EFS: from the nodes that the stack makes, or else from the VPC. */
export class Nfs extends Construct {
  constructor(scope: Construct, cluster: Cluster, nodes: SecurityGroup | undefined) {
    super(scope, 'Nfs');
    const nfs = nfsOf(cluster);
    if (nfs === undefined) return;
    new CfnSecurityGroupIngress(this, 'Ingress', {
      groupId: nfs.securityGroup,
      description: nfs.description,
      ipProtocol: 'tcp',
      fromPort: nfs.port,
      toPort: nfs.port,
      ...(nfs.cidr === undefined ? { sourceSecurityGroupId: nodes?.securityGroupId } : { cidrIp: nfs.cidr }),
    });
  }
}
