import { Aws, CfnOutput, Stack, Tags, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Place } from '../../lib/infrastructure/statement';
import { dataBucket, nodeRole, tenantRole } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { Addons } from './addons';
import { ArgoCd } from './argo-cd';
import { Backup } from './backup';
import { DataBucket } from './data-bucket';
import { ControlPlane } from './eks';
import { Karpenter } from './karpenter';
import { Network } from './network';
import { Nfs } from './nfs';
import { NodeGroups } from './node-group';
import { PodIdentity } from './pod-identity';

/** Everything in AWS that a cluster file describes. One stack a cluster, named after it. */
export class ClusterStack extends Stack {
  private readonly cluster: Cluster;

  constructor(scope: Construct, cluster: Cluster) {
    const { name, spec } = cluster;
    super(scope, name, {
      description: `EKS cluster ${name} of the ML platform, from ${cluster.source}`,
      env: { region: spec.region, account: spec.account },
      terminationProtection: true,
    });
    this.cluster = cluster;
    Tags.of(this).add('tenantry.dev/cluster', name);
    Validations.of(this).acknowledge(
      { id: 'CloudFormation-Validate::W3010', reason: 'Zones are named in the cluster file, not looked up' },
      {
        id: 'Annotation::@aws-cdk/aws-eks:isolatedSubnetsForKubectlPrivateSubnets',
        reason: 'kubectl runs in the private subnets (argo-cd.ts), not in those of the control plane',
      },
      { id: 'CloudFormation-Validate::W9009', reason: 'The CDK writes EncryptionConfig.Resources itself' },
    );
    const network = new Network(this, cluster);
    const made = spec.controlPlane?.existing === undefined ? this.addCluster(network) : undefined;
    const identity = new PodIdentity(this, cluster, this.place);
    const data = new DataBucket(this, cluster, this.place);
    // The policy of a bucket may name only a role that is there.
    data.node.addDependency(identity);
    const karpenter = new Karpenter(this, cluster);
    new Backup(this, cluster, this.place);
    new Nfs(this, cluster, made?.controlPlane.nodeSecurityGroup);
    const argoCd = new ArgoCd(this, cluster, network, this.securityGroupOf(made?.controlPlane));
    argoCd.node.addDependency(identity, data, karpenter);
    if (made !== undefined) {
      for (const part of [identity, karpenter]) part.node.addDependency(made.controlPlane);
      argoCd.node.addDependency(made.addons);
    }
    this.tell(network);
  }

  /** As the cluster file has them: a look-up would need credentials. */
  override get availabilityZones(): string[] {
    return [...this.cluster.spec.zones];
  }

  /** What policies are written with. */
  get place(): Place {
    return { partition: Aws.PARTITION, region: this.region, account: Aws.ACCOUNT_ID };
  }

  /** The cluster with its nodes; the last of its add-ons come after them. */
  private addCluster(network: Network): { controlPlane: ControlPlane; addons: Addons } {
    const controlPlane = new ControlPlane(this, this.cluster, network);
    const addons = new Addons(this, this.cluster, controlPlane.cluster);
    const nodes = new NodeGroups(this, this.cluster, { network, controlPlane });
    nodes.node.addDependency(addons.beforeNodes);
    addons.afterNodes.node.addDependency(nodes);
    return { controlPlane, addons };
  }

  private securityGroupOf(made: ControlPlane | undefined): string {
    return (
      made?.cluster.clusterSecurityGroupId ?? this.cluster.spec.controlPlane?.existing?.securityGroup ?? ''
    );
  }

  /** What people need next. */
  private tell({ vpc }: Network): void {
    const { name, spec } = this.cluster;
    const outputs = {
      Kubeconfig: [
        'Gives kubectl access to a role of spec.controlPlane.admins',
        `aws eks update-kubeconfig --name ${name} --region ${spec.region}`,
      ],
      Hub: ['Where people log in', `https://hub.${spec.domain}`],
      ArgoCd: ['Where the platform is watched', `https://argocd.${spec.domain}`],
      DataBucket: ['Datasets and data of tenants', dataBucket(spec)],
      VpcId: ['The VPC', vpc.vpcId],
      NodeRole: ['Role of the nodes that Karpenter starts', nodeRole(name)],
      TenantRole: ['Role of tenants, to be named by associations', tenantRole(name)],
    } as const;
    for (const [id, [description, value]] of Object.entries(outputs)) {
      new CfnOutput(this, `${id}Output`, { description, value });
    }
  }
}
