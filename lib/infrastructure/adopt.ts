import { interruptionQueue, nodeRole, tenantRole } from '../model/names';
import type { ClusterFile, ClusterSpec } from '../schema/cluster';

/** What `terraform output -json` prints. */
export type Outputs = Readonly<Record<string, { readonly value: unknown }>>;

/** Names of outputs: those that `tenantry infra` writes, then those of the community modules. */
const OUTPUTS = {
  cluster_name: [],
  account: ['account_id', 'aws_account_id'],
  region: ['aws_region'],
  zones: ['azs'],
  kubernetes_version: ['cluster_version'],
  vpc_id: [],
  vpc_cidr: ['vpc_cidr_block'],
  service_cidr: ['cluster_service_cidr'],
  private_subnets: [],
  control_plane_subnets: ['intra_subnets'],
  control_plane_cidrs: ['intra_subnets_cidr_blocks'],
  endpoint_cidrs: ['private_subnets_cidr_blocks'],
  cluster_security_group: ['cluster_primary_security_group_id'],
} as const satisfies Record<string, readonly string[]>;

type Output = keyof typeof OUTPUTS;

/** Outputs that are lists of text; the others are text. */
const LISTS: ReadonlySet<string> = new Set<Output>([
  'zones',
  'private_subnets',
  'control_plane_subnets',
  'control_plane_cidrs',
  'endpoint_cidrs',
]);

/**
 * The cluster file of a cluster that Terraform made: addresses from its outputs, the catalogue from another cluster.
 * Without it where something is missing, or where a name is not the one that dist/ refers to.
 */
export function adopt(
  outputs: Outputs,
  like: ClusterFile,
  domain: string,
): { file?: ClusterFile; problems: string[] } {
  const problems: string[] = [];
  const read = (name: Output) => {
    const found = [name, ...OUTPUTS[name]].find((candidate) => Object.hasOwn(outputs, candidate));
    const value = found === undefined ? undefined : outputs[found]?.value;
    const wanted = LISTS.has(name) ? 'a list of text' : 'text';
    if (found === undefined) problems.push(`output ${[name, ...OUTPUTS[name]].join(' or ')} is missing`);
    else if (!isA(value, LISTS.has(name))) problems.push(`output ${found} is not ${wanted}`);
    return value;
  };
  const values = Object.fromEntries(
    Object.keys(OUTPUTS).map((name) => [name, read(name as Output)]),
  ) as Record<Output, never>;
  const name: string = values.cluster_name;
  problems.push(...misnamed(outputs, name));
  if (problems.length > 0) return { problems };
  const { dataBucket: _, dns: __, network: ___, controlPlane, ...catalogue } = like.spec;
  const bucket = outputs.data_bucket?.value;
  const adopted: ClusterSpec = {
    ...catalogue,
    account: values.account,
    region: values.region,
    zones: values.zones,
    kubernetesVersion: values.kubernetes_version,
    domain,
    ...(typeof bucket === 'string' ? { dataBucket: bucket } : {}),
    controlPlane: { ...controlPlane, existing: { securityGroup: values.cluster_security_group } },
    network: {
      vpcCidr: values.vpc_cidr,
      serviceCidr: values.service_cidr,
      controlPlaneCidrs: values.control_plane_cidrs,
      endpointCidrs: values.endpoint_cidrs,
      vpc: {
        id: values.vpc_id,
        privateSubnets: values.private_subnets,
        controlPlaneSubnets: values.control_plane_subnets,
      },
    },
  };
  return { file: { ...like, metadata: { name }, spec: adopted }, problems };
}

function isA(value: unknown, isList: boolean): boolean {
  return isList
    ? Array.isArray(value) && value.every((item) => typeof item === 'string')
    : typeof value === 'string';
}

/** Names that dist/ refers to, where the cluster has them already. */
function misnamed(outputs: Outputs, cluster: string): string[] {
  const names = {
    node_role: nodeRole(cluster),
    interruption_queue: interruptionQueue(cluster),
    tenant_role: tenantRole(cluster),
  };
  return Object.entries(names).flatMap(([output, name]) => {
    const given = outputs[output]?.value;
    return given === undefined || given === name
      ? []
      : [`output ${output} is ${given}, but dist/ names ${name}`];
  });
}
