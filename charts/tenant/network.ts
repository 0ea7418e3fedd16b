import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { HUB as HUB_SERVICE, NAMESPACE } from '../../lib/model/names';
import type { Placement } from '../../lib/model/platform';
import { tenantLabels } from '../labels';

type Port = [number, ...('UDP' | 'TCP')[]];

/** Pods by the labels that KubeSpawner (z2jh 4.4) and KubeRay (1.7) put on them. */
const NOTEBOOK = { app: 'jupyterhub', component: 'singleuser-server' };
const HUB = { app: 'jupyterhub', component: 'hub' };
const PROXY = { app: 'jupyterhub', component: 'proxy' };
const RAY = { 'ray.io/is-ray-node': 'yes' };
const RAY_HEAD = { ...RAY, 'ray.io/node-type': 'head' };
/** The pod by which KubeRay submits a RayJob (1.7.0, getSubmitterTemplate); Ray pods do not carry this label. */
const SUBMITTER = { 'ray.io/originated-from-crd': 'RayJob' };

const PORT = { dashboard: 8265, client: 10001, serve: 8000, notebook: 8888, hub: HUB_SERVICE.port } as const;

/** Link-local, of which only the Pod Identity agent may be reached: 169.254.169.254 is the node's own identity. */
const LINK_LOCAL = '169.254.0.0/16';
const POD_IDENTITY_AGENT = '169.254.170.23/32';

/** NetworkPolicies: nothing in or out but what is listed. Only networking.k8s.io/v1, so that the engine can change. */
export class NetworkChart extends Chart {
  private readonly placement: Placement;

  constructor(scope: Construct, placement: Placement) {
    super(scope, 'network', { labels: tenantLabels(placement) });
    this.placement = placement;
    this.policy('default-deny', {}, { ingress: [], egress: [] });
    this.policy(
      'dns',
      {},
      { egress: [toPods(['kube-system', { 'k8s-app': 'kube-dns' }], [53, 'UDP', 'TCP'])] },
    );
    this.policy('aws', {}, { egress: this.aws() });
    if (placement.egress === 'internet') this.policy('internet', {}, { egress: [this.internet()] });
    this.policy('notebook', NOTEBOOK, this.notebook());
    this.policy('ray', RAY, this.ray());
    this.policy('ray-head', RAY_HEAD, this.rayHead());
    this.policy('ray-submitter', SUBMITTER, { egress: [toPods(RAY_HEAD, [PORT.dashboard])] });
    if (placement.ray.services.some(({ spec }) => spec.host !== undefined)) {
      this.policy('serve', RAY, { ingress: [fromPods([[NAMESPACE.nginx, {}]], [PORT.serve])] });
    }
  }

  private policy(
    name: string,
    labels: Record<string, string>,
    rules: { ingress?: k8s.NetworkPolicyIngressRule[]; egress?: k8s.NetworkPolicyEgressRule[] },
  ): void {
    new k8s.KubeNetworkPolicy(this, `NetworkPolicy-${name}`, {
      metadata: { name, namespace: this.placement.tenant },
      spec: {
        podSelector: Object.keys(labels).length === 0 ? {} : { matchLabels: labels },
        policyTypes: [
          ...(rules.ingress === undefined ? [] : ['Ingress']),
          ...(rules.egress === undefined ? [] : ['Egress']),
        ],
        // The API server drops an empty list, and every apply would put it back.
        ...(rules.ingress?.length ? { ingress: rules.ingress } : {}),
        ...(rules.egress?.length ? { egress: rules.egress } : {}),
      },
    });
  }

  /** Credentials from the Pod Identity agent, and AWS by the endpoints of the VPC. */
  private aws(): k8s.NetworkPolicyEgressRule[] {
    const { endpointCidrs } = this.placement.cluster.spec.network;
    return [
      toRanges([{ cidr: POD_IDENTITY_AGENT }], 80),
      toRanges(
        endpointCidrs.map((cidr) => ({ cidr })),
        443,
      ),
    ];
  }

  /** Under Calico an ipBlock matches pods too: the exceptions are what keeps tenants apart (platform decision 5). */
  private internet(): k8s.NetworkPolicyEgressRule {
    const { vpcCidr, serviceCidr } = this.placement.cluster.spec.network;
    return toRanges([{ cidr: '0.0.0.0/0', except: [vpcCidr, serviceCidr, LINK_LOCAL] }], 443);
  }

  /** Calico judges after kube-proxy's translation, the VPC CNI before it: both addresses hold under either. */
  private apiServer(): k8s.NetworkPolicyEgressRule {
    const { cluster } = this.placement;
    const service = { cidr: `${cluster.apiServer.serviceAddress}/32` };
    return toRanges([service, ...cluster.spec.network.controlPlaneCidrs.map((cidr) => ({ cidr }))], 443);
  }

  private notebook() {
    return {
      ingress: [
        fromPods(
          [
            [NAMESPACE.jupyterhub, HUB],
            [NAMESPACE.jupyterhub, PROXY],
          ],
          [PORT.notebook],
        ),
      ],
      egress: [
        toPods([NAMESPACE.jupyterhub, HUB], [PORT.hub]),
        toPods(RAY_HEAD, [PORT.client], [PORT.dashboard]),
        toPods(RAY, [PORT.serve]),
        ...(this.placement.notebooks.submitJobs ? [this.apiServer()] : []),
      ],
    };
  }

  /** All ports between Ray pods of the tenant: workers listen on ports that Ray chooses (ray#32831). */
  private ray() {
    return {
      ingress: [
        { from: [{ podSelector: { matchLabels: RAY } }] },
        fromPods([NOTEBOOK], [PORT.serve]),
        fromPods([[NAMESPACE.kuberay, { 'app.kubernetes.io/name': 'kuberay-operator' }]], [PORT.serve]),
      ],
      egress: [{ to: [{ podSelector: { matchLabels: RAY } }] }],
    };
  }

  /** The autoscaler in the head writes its RayCluster; the operator asks the dashboard. */
  private rayHead() {
    const operator: Peer = [NAMESPACE.kuberay, { 'app.kubernetes.io/name': 'kuberay-operator' }];
    return {
      ingress: [
        fromPods([NOTEBOOK], [PORT.client], [PORT.dashboard]),
        fromPods([SUBMITTER, operator], [PORT.dashboard]),
      ],
      egress: [this.apiServer()],
    };
  }
}

/** Pods of this namespace by labels, or of another namespace by its name and labels. */
type Peer = Record<string, string> | [namespace: string, labels: Record<string, string>];

function peer(selected: Peer): k8s.NetworkPolicyPeer {
  if (!Array.isArray(selected)) return { podSelector: { matchLabels: selected } };
  const [namespace, labels] = selected;
  // The API server writes this label; a tenant cannot.
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
  return Object.keys(labels).length === 0
    ? { namespaceSelector }
    : { namespaceSelector, podSelector: { matchLabels: labels } };
}

function ports(list: readonly Port[]): k8s.NetworkPolicyPort[] {
  return list.flatMap(([port, ...protocols]) =>
    (protocols.length === 0 ? ['TCP'] : protocols).map((protocol) => ({
      port: k8s.IntOrString.fromNumber(port),
      protocol,
    })),
  );
}

function toPods(selected: Peer, ...list: Port[]): k8s.NetworkPolicyEgressRule {
  return { to: [peer(selected)], ports: ports(list) };
}

function fromPods(selected: readonly Peer[], ...list: Port[]): k8s.NetworkPolicyIngressRule {
  return { from: selected.map(peer), ports: ports(list) };
}

function toRanges(blocks: readonly k8s.IpBlock[], port: number): k8s.NetworkPolicyEgressRule {
  return { to: blocks.map((ipBlock) => ({ ipBlock })), ports: ports([[port]]) };
}
