import { Tags } from 'aws-cdk-lib';
import {
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  LaunchTemplate,
  LaunchTemplateHttpTokens,
} from 'aws-cdk-lib/aws-ec2';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks-v2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { NODE_POLICIES, type NodeGroup, nodeGroupsOf } from '../../lib/infrastructure/node-groups';
import type { Cluster } from '../../lib/model/platform';
import type { ControlPlane } from './eks';
import type { Network } from './network';

interface Parts {
  readonly network: Network;
  readonly controlPlane: ControlPlane;
}

/** Managed node groups: the system nodes, and GPU nodes that are always on. */
export class NodeGroups extends Construct {
  private readonly cluster: Cluster;
  private readonly parts: Parts;

  constructor(scope: Construct, cluster: Cluster, parts: Parts) {
    super(scope, 'NodeGroups');
    this.cluster = cluster;
    this.parts = parts;
    const nodeRole = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: NODE_POLICIES.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    for (const group of nodeGroupsOf(cluster)) this.addGroup(group, nodeRole);
  }

  private addGroup(group: NodeGroup, nodeRole: Role): void {
    const { network, controlPlane } = this.parts;
    const template = this.addTemplate(group);
    // Its construct knows GPU instances by a list of its own, which has no P5 (aws-cdk-lib 2.276).
    new CfnNodegroup(this, group.name, {
      clusterName: controlPlane.cluster.clusterName,
      nodegroupName: group.name,
      nodeRole: nodeRole.roleArn,
      subnets: network.privateSubnets.map(({ subnetId }) => subnetId),
      // Follows the cluster: without it CloudFormation would never upgrade the nodes.
      version: this.cluster.spec.kubernetesVersion,
      amiType: group.amiType,
      instanceTypes: [...group.instanceTypes],
      scalingConfig: { minSize: group.min, maxSize: group.max, desiredSize: group.min },
      labels: { ...group.labels },
      taints: [{ ...group.taint, effect: 'NO_SCHEDULE' }],
      launchTemplate: { id: template.launchTemplateId ?? '', version: template.latestVersionNumber },
      nodeRepairConfig: { enabled: true },
    });
  }

  /** As Karpenter's nodes: encrypted disk, and a metadata service that no pod reaches. */
  private addTemplate({ name, disk }: NodeGroup): LaunchTemplate {
    const { controlPlane } = this.parts;
    const template = new LaunchTemplate(this, `${name}-template`, {
      securityGroup: controlPlane.nodeSecurityGroup,
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: BlockDeviceVolume.ebs(disk, { encrypted: true, volumeType: EbsDeviceVolumeType.GP3 }),
        },
      ],
      httpTokens: LaunchTemplateHttpTokens.REQUIRED,
      httpPutResponseHopLimit: 1,
    });
    Tags.of(template).add('Name', `${this.cluster.name}-${name}`);
    return template;
  }
}
