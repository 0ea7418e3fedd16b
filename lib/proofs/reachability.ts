import type { Placement } from '../model/platform';
import { endpointsOf, OWN, type Own } from './endpoints';
import { between, type Endpoint, type NetworkPolicy } from './network-policy';
import type { Gap, Proof } from './proof';

/** One path that the platform needs; everything else is shut. */
export interface Path {
  readonly from: string;
  readonly to: string;
  /** Ports, TCP unless the text says UDP; `all` are all. */
  readonly ports: string;
  readonly why: string;
  /** Where it depends on the tenant file. */
  readonly when?: 'egress internet' | 'jobs from notebooks' | 'a service with a host';
}

const everywhere = (to: string, ports: string, why: string, when?: Path['when']): Path[] =>
  Object.keys(OWN).map((from) => ({ from, to, ports, why, ...(when && { when }) }));

const kubernetes = (from: Own, why: string, when?: Path['when']): Path[] =>
  ['the API server', 'the control plane'].map((to) => ({
    from,
    to,
    ports: '443',
    why,
    ...(when && { when }),
  }));

/** The whole matrix: what may talk to what. */
export const PATHS: readonly Path[] = [
  ...everywhere('dns', '53 53/UDP', 'names'),
  ...everywhere('an endpoint of the VPC', '443', 'AWS: S3, STS, ECR'),
  ...everywhere('the identity agent', '80', 'credentials by EKS Pod Identity'),
  ...everywhere('the internet', '443', 'packages, models', 'egress internet'),
  { from: 'notebook', to: 'hub', ports: '8081', why: 'a server registers and reports activity' },
  { from: 'notebook', to: 'head', ports: '8000 8265 10001', why: 'Ray client, dashboard, served models' },
  { from: 'notebook', to: 'worker', ports: '8000', why: 'served models' },
  ...kubernetes('notebook', 'RayJobs', 'jobs from notebooks'),
  ...kubernetes('head', 'the autoscaler writes its RayCluster'),
  { from: 'head', to: 'worker', ports: 'all', why: 'Ray chooses ports itself (ray#32831)' },
  { from: 'worker', to: 'head', ports: 'all', why: 'Ray chooses ports itself (ray#32831)' },
  { from: 'submitter', to: 'head', ports: '8265', why: 'a RayJob is submitted to the dashboard' },
  { from: 'hub', to: 'notebook', ports: '8888', why: 'the hub asks whether a server is up' },
  { from: 'proxy', to: 'notebook', ports: '8888', why: 'users' },
  { from: 'operator', to: 'head', ports: '8000 8265', why: 'KubeRay asks for health and jobs' },
  { from: 'operator', to: 'worker', ports: '8000', why: 'KubeRay asks for health of served models' },
  { from: 'nginx', to: 'head', ports: '8000', why: 'served models', when: 'a service with a host' },
  { from: 'nginx', to: 'worker', ports: '8000', why: 'served models', when: 'a service with a host' },
];

/** Ports that something listens on, and one that nothing should. */
const TCP = [22, 53, 80, 443, 6379, 8000, 8080, 8081, 8265, 8888, 10001, 52365];
const UDP = [53, 443];

/** Default deny is easily wrong in both ways: a hole is silent, a missing path breaks the first notebook. */
export const REACHABILITY: Proof = {
  rule: 'network-reachability',
  proves:
    "a tenant's pods reach, and are reached by, exactly what the matrix says, and no pod of another tenant",
  why: 'Ray runs whatever reaches it, and an ipBlock matches pods under Calico: one rule too wide joins two tenants.',
  source: 'CVE-2023-48022; projectcalico/calico#5129; NSA Kubernetes Hardening Guide 1.2, network separation',
  find({ placement, objects }) {
    const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy') as NetworkPolicy[];
    const expected = new Map(
      PATHS.filter(({ when }) => when === undefined || applies(when, placement)).map(
        ({ from, to, ports }): [string, string] => [`${from} -> ${to}`, ports],
      ),
    );
    const endpoints = [...endpointsOf(placement.tenant, placement.cluster)];
    const isOwn = (name: string) => Object.hasOwn(OWN, name);
    return endpoints.flatMap(([from, source]) =>
      endpoints
        .filter(([to]) => from !== to && (isOwn(from) || isOwn(to)))
        .flatMap(([to, target]): Gap[] => {
          const want = expected.get(`${from} -> ${to}`) ?? 'nothing';
          const open = openPorts(policies, source, target);
          return open === want ? [] : [{ message: `${from} reaches ${to} on ${open} instead of ${want}` }];
        }),
    );
  },
};

function applies(when: NonNullable<Path['when']>, { egress, notebooks, ray }: Placement): boolean {
  return {
    'egress internet': egress === 'internet',
    'jobs from notebooks': notebooks.submitJobs,
    'a service with a host': ray.services.some(({ spec }) => spec.host !== undefined),
  }[when];
}

function openPorts(policies: readonly NetworkPolicy[], from: Endpoint, to: Endpoint): string {
  const isOpen = between(policies, from, to);
  const tcp = TCP.filter((port) => isOpen(port)).map(String);
  const udp = UDP.filter((port) => isOpen(port, 'UDP')).map((port) => `${port}/UDP`);
  if (tcp.length + udp.length === TCP.length + UDP.length) return 'all';
  return [...tcp, ...udp].join(' ') || 'nothing';
}
