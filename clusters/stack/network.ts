import { Tags } from 'aws-cdk-lib';
import {
  type AllocateCidrRequest,
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  type IIpAddresses,
  InterfaceVpcEndpointAwsService,
  type ISubnet,
  type IVpc,
  Peer,
  Port,
  VpcEndpointPrivateDnsOnlyForInboundResolverEndpoint as Resolver,
  SecurityGroup,
  Subnet,
  type SubnetIpamOptions,
  SubnetType,
  Vpc,
  type VpcIpamOptions,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { type Subnet as Planned, type SubnetKind, subnetsOf } from '../../lib/infrastructure/subnets';
import { DISCOVERY_TAG } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';

/** Services that tenants without internet reach by the VPC's own endpoints. S3 also has a gateway, for the nodes. */
const ENDPOINTS = {
  EcrApi: InterfaceVpcEndpointAwsService.ECR,
  EcrDocker: InterfaceVpcEndpointAwsService.ECR_DOCKER,
  Sts: InterfaceVpcEndpointAwsService.STS,
  S3: InterfaceVpcEndpointAwsService.S3,
};

/** The VPC with its subnets, one kind for each purpose, or one that exists already. */
export class Network extends Construct {
  readonly vpc: IVpc;
  readonly privateSubnets: ISubnet[];
  readonly controlPlaneSubnets: ISubnet[];

  constructor(scope: Construct, cluster: Cluster) {
    super(scope, 'Network');
    const { vpc } = cluster.spec.network;
    if (vpc === undefined) {
      const made = this.makeVpc(cluster);
      this.vpc = made;
      this.privateSubnets = made.selectSubnets({ subnetGroupName: 'private' satisfies SubnetKind }).subnets;
      this.controlPlaneSubnets = made.selectSubnets({
        subnetGroupName: 'control-plane' satisfies SubnetKind,
      }).subnets;
      return;
    }
    const named = (kind: SubnetKind, ids: readonly string[]) =>
      ids.map((subnetId, index) =>
        Subnet.fromSubnetAttributes(this, `${kind}${index}`, {
          subnetId,
          availabilityZone: cluster.spec.zones[index] ?? '',
        }),
      );
    this.vpc = Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: vpc.id,
      vpcCidrBlock: cluster.spec.network.vpcCidr,
      availabilityZones: [...cluster.spec.zones],
      privateSubnetIds: [...vpc.privateSubnets],
    });
    this.privateSubnets = named('private', vpc.privateSubnets);
    this.controlPlaneSubnets = named('control-plane', vpc.controlPlaneSubnets);
  }

  private makeVpc(cluster: Cluster): Vpc {
    const { network, zones } = cluster.spec;
    const nat = network.nat ?? 'zonal';
    const subnet = (name: SubnetKind, subnetType: SubnetType) => ({ name, subnetType });
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: new Planning(network.vpcCidr, subnetsOf(cluster.spec)),
      availabilityZones: [...zones],
      natGateways: nat === 'none' ? 0 : nat === 'single' ? 1 : zones.length,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { ...subnet('public', SubnetType.PUBLIC), mapPublicIpOnLaunch: false },
        subnet('private', nat === 'none' ? SubnetType.PRIVATE_ISOLATED : SubnetType.PRIVATE_WITH_EGRESS),
        subnet('control-plane', SubnetType.PRIVATE_ISOLATED),
        subnet('endpoints', SubnetType.PRIVATE_ISOLATED),
      ],
    });
    for (const made of vpc.selectSubnets({ subnetGroupName: 'private' }).subnets) {
      Tags.of(made).add(DISCOVERY_TAG, cluster.name);
      Tags.of(made).add('kubernetes.io/role/internal-elb', '1');
    }
    for (const made of vpc.publicSubnets) Tags.of(made).add('kubernetes.io/role/elb', '1');
    // The AWS Load Balancer Controller finds its VPC by it.
    Tags.of(vpc.node.defaultChild ?? vpc).add(DISCOVERY_TAG, cluster.name);
    vpc.addFlowLog('FlowLog', { destination: FlowLogDestination.toCloudWatchLogs() });
    this.addEndpoints(vpc, network.vpcCidr);
    return vpc;
  }

  private addEndpoints(vpc: Vpc, cidr: string): void {
    const securityGroup = new SecurityGroup(this, 'Endpoints', {
      vpc,
      description: 'HTTPS from the VPC to the endpoints of AWS services',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(Peer.ipv4(cidr), Port.tcp(443), 'HTTPS from the VPC');
    const gateway = vpc.addGatewayEndpoint('S3Gateway', { service: GatewayVpcEndpointAwsService.S3 });
    for (const [id, service] of Object.entries(ENDPOINTS)) {
      const endpoint = vpc.addInterfaceEndpoint(id, {
        service,
        subnets: { subnetGroupName: 'endpoints' satisfies SubnetKind },
        securityGroups: [securityGroup],
        // Its own rule would be the one above once more, which EC2 refuses.
        open: false,
        // Names of S3 give addresses of the endpoint everywhere: a tenant without internet reaches nothing else.
        ...(service === ENDPOINTS.S3
          ? { privateDnsOnlyForInboundResolverEndpoint: Resolver.ALL_RESOLVERS }
          : {}),
      });
      endpoint.node.addDependency(gateway);
    }
  }
}

/** The ranges of the cluster file, in place of those that the CDK would work out. */
class Planning implements IIpAddresses {
  private readonly cidrBlock: string;
  private readonly planned: readonly Planned[];

  constructor(cidrBlock: string, planned: readonly Planned[]) {
    this.cidrBlock = cidrBlock;
    this.planned = planned;
  }

  allocateVpcCidr(): VpcIpamOptions {
    return { cidrBlock: this.cidrBlock };
  }

  allocateSubnetsCidr({ requestedSubnets }: AllocateCidrRequest): SubnetIpamOptions {
    return {
      allocatedSubnets: requestedSubnets.map(({ availabilityZone, configuration }) => ({
        cidr: this.rangeOf(configuration.name, availabilityZone),
      })),
    };
  }

  private rangeOf(kind: string, zone: string): string {
    const found = this.planned.find((subnet) => subnet.kind === kind && subnet.zone === zone);
    if (found === undefined) throw new Error(`no ${kind} subnet is planned in ${zone}`);
    return found.cidr;
  }
}
