import { RemovalPolicy, Tags } from 'aws-cdk-lib';
import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  AccessPolicy,
  AccessScopeType,
  ClusterLoggingTypes,
  DefaultCapacityType,
  Cluster as EksCluster,
  EndpointAccess,
  KubernetesVersion,
} from 'aws-cdk-lib/aws-eks-v2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DISCOVERY_TAG } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import type { Network } from './network';

/** Logs by their names in the cluster file. */
const LOGS = {
  api: ClusterLoggingTypes.API,
  audit: ClusterLoggingTypes.AUDIT,
  authenticator: ClusterLoggingTypes.AUTHENTICATOR,
  controllerManager: ClusterLoggingTypes.CONTROLLER_MANAGER,
  scheduler: ClusterLoggingTypes.SCHEDULER,
} as const;

/** The EKS cluster, and the security group of its nodes. */
export class ControlPlane extends Construct {
  readonly cluster: EksCluster;
  readonly nodeSecurityGroup: SecurityGroup;

  constructor(scope: Construct, cluster: Cluster, network: Network) {
    super(scope, 'ControlPlane');
    const { name, spec } = cluster;
    const { publicCidrs, logs = ['api', 'audit', 'authenticator'] } = spec.controlPlane ?? {};
    this.cluster = new EksCluster(this, 'Cluster', {
      clusterName: name,
      version: KubernetesVersion.of(spec.kubernetesVersion),
      vpc: network.vpc,
      vpcSubnets: [{ subnets: network.controlPlaneSubnets }],
      serviceIpv4Cidr: spec.network.serviceCidr,
      endpointAccess:
        publicCidrs === undefined
          ? EndpointAccess.PRIVATE
          : EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom(...publicCidrs),
      secretsEncryptionKey: new Key(this, 'SecretsKey', {
        description: `Secrets of EKS cluster ${name}`,
        enableKeyRotation: true,
        removalPolicy: RemovalPolicy.RETAIN,
      }),
      clusterLogging: logs.map((log) => LOGS[log]),
      // The default is Auto Mode, whose Karpenter is not ours.
      defaultCapacityType: DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      // Add-ons of EKS take their place, before the first node.
      bootstrapSelfManagedAddons: false,
      bootstrapClusterCreatorAdminPermissions: false,
      outputConfigCommand: false,
    });
    this.nodeSecurityGroup = this.makeNodeSecurityGroup(name, network);
    this.admit(spec.controlPlane?.admins ?? []);
  }

  /** Nodes talk to each other and to the control plane; it is found by Karpenter, and by the load balancer controller. */
  private makeNodeSecurityGroup(name: string, { vpc }: Network): SecurityGroup {
    const group = new SecurityGroup(this, 'Nodes', { vpc, description: `Nodes of EKS cluster ${name}` });
    const { clusterSecurityGroup } = this.cluster;
    group.addIngressRule(group, Port.allTraffic(), 'Nodes and pods among themselves');
    group.addIngressRule(clusterSecurityGroup, Port.allTcp(), 'Control plane to kubelets and webhooks');
    clusterSecurityGroup.addIngressRule(group, Port.tcp(443), 'Nodes to the API server');
    Tags.of(group).add(DISCOVERY_TAG, name);
    Tags.of(group).add(`kubernetes.io/cluster/${name}`, 'owned');
    return group;
  }

  private admit(roles: readonly string[]): void {
    const admin = AccessPolicy.fromAccessPolicyName('AmazonEKSClusterAdminPolicy', {
      accessScopeType: AccessScopeType.CLUSTER,
    });
    for (const role of roles) {
      this.cluster.grantAccess(`Admin-${role.slice(role.lastIndexOf('/') + 1)}`, role, [admin]);
    }
  }
}
