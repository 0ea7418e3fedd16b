import { NAMESPACE } from '../model/names';
import type { Cluster } from '../model/platform';
import { contains, type Endpoint } from './network-policy';

const NOTEBOOK = { app: 'jupyterhub', component: 'singleuser-server' };
const WORKER = { 'ray.io/is-ray-node': 'yes', 'ray.io/node-type': 'worker' };
const HEAD = { 'ray.io/is-ray-node': 'yes', 'ray.io/node-type': 'head' };
const OPERATOR = { 'app.kubernetes.io/name': 'kuberay-operator' };

/** Pods of a tenant, by the labels that KubeSpawner (z2jh 4.4) and KubeRay (1.7) put on them. */
export const OWN = {
  notebook: NOTEBOOK,
  head: HEAD,
  worker: WORKER,
  submitter: { 'ray.io/originated-from-crd': 'RayJob' },
  'any other pod': {},
} as const;

export type Own = keyof typeof OWN;

/** Everything that a tenant's pods could talk to, of which some have the labels of others and are not they. */
export function endpointsOf(tenant: string, cluster: Cluster): Map<string, Endpoint> {
  const { network } = cluster.spec;
  const subnets = [...network.controlPlaneCidrs, ...network.endpointCidrs];
  // Under Calico an ipBlock matches pods too, so they get an address where no range was meant for something else.
  const address = addressOf(network.vpcCidr, subnets);
  const pod = (namespace: string, labels: Endpoint['labels'] = {}, namespaceLabels = {}): Endpoint => ({
    address,
    namespace,
    labels,
    namespaceLabels,
  });
  // No tenant can have this name: it is longer than what is allowed.
  const stranger = `${tenant}-and-somebody-else-altogether`;
  const ofTenant = { 'tenantry.dev/tenant': stranger, 'app.kubernetes.io/managed-by': 'tenantry' };
  return new Map([
    ...Object.entries(OWN).map(([name, labels]): [string, Endpoint] => [
      name,
      pod(tenant, labels, { ...ofTenant, 'tenantry.dev/tenant': tenant }),
    ]),
    ['hub', pod(NAMESPACE.jupyterhub, { app: 'jupyterhub', component: 'hub' })],
    ['proxy', pod(NAMESPACE.jupyterhub, { app: 'jupyterhub', component: 'proxy' })],
    ['operator', pod(NAMESPACE.kuberay, OPERATOR)],
    ['nginx', pod(NAMESPACE.nginx)],
    ['dns', pod(NAMESPACE.kubeSystem, { 'k8s-app': 'kube-dns' })],
    ["another tenant's notebook", pod(stranger, NOTEBOOK, ofTenant)],
    ["another tenant's head", pod(stranger, HEAD, ofTenant)],
    ['an impostor', pod('default', { ...OPERATOR, ...NOTEBOOK, ...HEAD })],
    ['the API server', { address: cluster.apiServer.serviceAddress }],
    ['the control plane', { address: addressOf(network.controlPlaneCidrs[0] ?? '', []) }],
    [
      'another service',
      { address: addressOf(network.serviceCidr, [`${cluster.apiServer.serviceAddress}/32`]) },
    ],
    ['an endpoint of the VPC', { address: addressOf(network.endpointCidrs[0] ?? '', []) }],
    ['the VPC', { address }],
    ['the identity agent', { address: '169.254.170.23' }],
    ["the node's metadata", { address: '169.254.169.254' }],
    // RFC 5737: in no network.
    ['the internet', { address: '203.0.113.9' }],
  ]);
}

/** An address of a range that is in none of some others; its first where they leave none. */
function addressOf(range: string, others: readonly string[]): string {
  const [base = ''] = range.split('/');
  const octets = base.split('.').map(Number);
  for (let step = 1; step < 4096; step += 1) {
    const [a = 0, b = 0, c = 0, d = 0] = octets;
    const last = c * 256 + d + step * 5;
    const address = `${a}.${b}.${Math.floor(last / 256) % 256}.${last % 256}`;
    if (contains(range, address) && !others.some((other) => contains(other, address))) return address;
  }
  return base;
}
