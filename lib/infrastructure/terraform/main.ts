import { dump } from 'js-yaml';
import { dataBucket, interruptionQueue, nodeRole, tenantRole } from '../../model/names';
import type { Cluster } from '../../model/platform';
import { podAnnotator, roots } from '../bootstrap';
import { argoCdData, argoCdResources, clusterLogin } from './argo-cd';
import { controlPlaneOf, eksModules } from './eks';
import { networkModules, networkOf } from './network';
import { resourcesOf } from './resources';

/** The cluster as Terraform's JSON, from the model that the CDK stack is made of: text by file name. */
export function terraformOf(cluster: Cluster): Map<string, string> {
  return new Map([
    ['main.tf.json', json(main(cluster))],
    ['variables.tf.json', json({ variable: VARIABLES })],
    ['outputs.tf.json', json({ output: outputs(cluster) })],
    [
      'bootstrap.yaml',
      [...podAnnotator(), ...roots(cluster)].map((object) => `---\n${dump(object)}`).join(''),
    ],
  ]);
}

const VARIABLES = {
  argo_cd: {
    type: 'bool',
    default: true,
    description:
      'Whether to install Argo CD. Terraform, aws and kubectl must reach the API server, which is private by default: false, then true from inside the VPC.',
  },
};

/** Versions: the modules need aws 6.28; the block `kubernetes` of the helm provider is an attribute since 3.0. */
const PROVIDERS = {
  aws: { source: 'hashicorp/aws', version: '>= 6.28, < 7.0' },
  helm: { source: 'hashicorp/helm', version: '~> 3.0' },
  kubernetes: { source: 'hashicorp/kubernetes', version: '>= 2.36' },
};

function main(cluster: Cluster) {
  const { name, spec } = cluster;
  return {
    terraform: { required_version: '>= 1.5.7', required_providers: PROVIDERS },
    provider: {
      aws: {
        region: spec.region,
        allowed_account_ids: [spec.account],
        default_tags: { tags: { 'tenantry.dev/cluster': name } },
      },
      helm: { kubernetes: clusterLogin(cluster) },
      kubernetes: clusterLogin(cluster),
    },
    data: {
      aws_partition: { current: {} },
      aws_caller_identity: { current: {} },
      ...argoCdData(cluster),
    },
    module: { ...networkModules(cluster), ...eksModules(cluster) },
    resource: { ...resourcesOf(cluster), ...argoCdResources(cluster) },
  };
}

/** What people need next, and what `tenantry cluster adopt` reads. */
function outputs(cluster: Cluster) {
  const { name, spec } = cluster;
  const network = networkOf(cluster);
  const values = {
    cluster_name: controlPlaneOf(cluster).name,
    account: spec.account,
    region: spec.region,
    zones: spec.zones,
    kubernetes_version: spec.kubernetesVersion,
    vpc_id: network.vpc,
    vpc_cidr: spec.network.vpcCidr,
    service_cidr: spec.network.serviceCidr,
    private_subnets: network.privateSubnets,
    control_plane_subnets: network.controlPlaneSubnets,
    control_plane_cidrs: spec.network.controlPlaneCidrs,
    endpoint_cidrs: spec.network.endpointCidrs,
    cluster_security_group: controlPlaneOf(cluster).securityGroup,
    node_role: nodeRole(name),
    interruption_queue: interruptionQueue(name),
    tenant_role: tenantRole(name),
    data_bucket: dataBucket(spec),
    kubeconfig: `aws eks update-kubeconfig --name ${name} --region ${spec.region}`,
    hub: `https://hub.${spec.domain}`,
    argo_cd: `https://argocd.${spec.domain}`,
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
