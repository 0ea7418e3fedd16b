import { Tags } from 'aws-cdk-lib';
import {
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  InstanceType,
  LaunchTemplate,
  LaunchTemplateHttpTokens,
} from 'aws-cdk-lib/aws-ec2';
import { Nodegroup, NodegroupAmiType, TaintEffect } from 'aws-cdk-lib/aws-eks-v2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { NODE_POLICIES, type NodeGroup, nodeGroupsOf } from '../../lib/infrastructure/node-groups';
import type { Cluster } from '../../lib/model/platform';
import type { ControlPlane } from './eks';
import type { Network } from './network';

const AMI_TYPES = {
  AL2023_x86_64_STANDARD: NodegroupAmiType.AL2023_X86_64_STANDARD,
  AL2023_x86_64_NVIDIA: NodegroupAmiType.AL2023_X86_64_NVIDIA,
} as const;

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
    new Nodegroup(this, group.name, {
      cluster: controlPlane.cluster,
      nodegroupName: group.name,
      nodeRole,
      subnets: { subnets: network.privateSubnets },
      amiType: AMI_TYPES[group.amiType],
      instanceTypes: group.instanceTypes.map((type) => new InstanceType(type)),
      minSize: group.min,
      maxSize: group.max,
      desiredSize: group.min,
      labels: { ...group.labels },
      taints: [{ ...group.taint, effect: TaintEffect.NO_SCHEDULE }],
      launchTemplateSpec: {
        id: template.launchTemplateId ?? '',
        version: template.latestVersionNumber,
      },
      enableNodeAutoRepair: true,
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
