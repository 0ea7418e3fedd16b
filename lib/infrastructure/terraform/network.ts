import { DISCOVERY_TAG } from '../../model/names';
import type { Cluster } from '../../model/platform';
import { type SubnetKind, subnetsOf } from '../subnets';
import { MODULES } from './modules';
import { ref } from './reference';

/** Ids of the VPC and of its subnets, as Terraform writes them. */
export interface Network {
  readonly vpc: string;
  readonly privateSubnets: string | readonly string[];
  readonly controlPlaneSubnets: string | readonly string[];
}

/** Where the network is: made by the module, or there already. */
export function networkOf({ spec }: Cluster): Network {
  const { vpc } = spec.network;
  if (vpc !== undefined) {
    return {
      vpc: vpc.id,
      privateSubnets: vpc.privateSubnets,
      controlPlaneSubnets: vpc.controlPlaneSubnets,
    };
  }
  const zones = spec.zones.length;
  return {
    vpc: ref('module.vpc.vpc_id'),
    privateSubnets: ref('module.vpc.private_subnets'),
    controlPlaneSubnets: `\${slice(module.vpc.intra_subnets, 0, ${zones})}`,
  };
}

/** The VPC and its endpoints. The module has one kind of subnets without a way out: the control plane's come first. */
export function networkModules({ name, spec }: Cluster): Record<string, object> {
  if (spec.network.vpc !== undefined) return {};
  const subnets = subnetsOf(spec);
  const ranges = (kind: SubnetKind) =>
    subnets.filter((subnet) => subnet.kind === kind).map(({ cidr }) => cidr);
  const named = (kind: SubnetKind) => spec.zones.map((zone) => `${name}-${kind}-${zone}`);
  const nat = spec.network.nat ?? 'zonal';
  const { variables: _, ...vpc } = MODULES.vpc;
  return {
    vpc: {
      ...vpc,
      name,
      cidr: spec.network.vpcCidr,
      azs: spec.zones,
      public_subnets: ranges('public'),
      private_subnets: ranges('private'),
      intra_subnets: [...ranges('control-plane'), ...ranges('endpoints')],
      intra_subnet_names: [...named('control-plane'), ...named('endpoints')],
      enable_nat_gateway: nat !== 'none',
      single_nat_gateway: nat === 'single',
      one_nat_gateway_per_az: nat === 'zonal',
      enable_dns_hostnames: true,
      enable_flow_log: true,
      create_flow_log_cloudwatch_log_group: true,
      create_flow_log_cloudwatch_iam_role: true,
      manage_default_security_group: true,
      vpc_tags: { [DISCOVERY_TAG]: name },
      private_subnet_tags: { [DISCOVERY_TAG]: name, 'kubernetes.io/role/internal-elb': '1' },
      public_subnet_tags: { 'kubernetes.io/role/elb': '1' },
    },
    endpoints: endpoints(spec.network.vpcCidr, spec.zones.length),
  };
}

/** As in the CDK stack: names of S3 give addresses of the endpoint, so that tenants without internet reach it. */
function endpoints(cidr: string, zones: number) {
  const { variables: _, ...source } = MODULES.endpoints;
  const service = (name: string) => ({ service: name, private_dns_enabled: true });
  return {
    ...source,
    vpc_id: ref('module.vpc.vpc_id'),
    subnet_ids: `\${slice(module.vpc.intra_subnets, ${zones}, ${2 * zones})}`,
    create_security_group: true,
    security_group_name_prefix: 'endpoints-',
    security_group_description: 'HTTPS from the VPC to the endpoints of AWS services',
    security_group_rules: { https: { description: 'HTTPS from the VPC', cidr_blocks: [cidr] } },
    endpoints: {
      s3_gateway: {
        service: 's3',
        service_type: 'Gateway',
        route_table_ids: ref('concat(module.vpc.private_route_table_ids, module.vpc.intra_route_table_ids)'),
      },
      s3: { ...service('s3'), dns_options: { private_dns_only_for_inbound_resolver_endpoint: false } },
      ecr_api: service('ecr.api'),
      ecr_dkr: service('ecr.dkr'),
      sts: service('sts'),
    },
  };
}
