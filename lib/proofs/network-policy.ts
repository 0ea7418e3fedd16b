import type { KubernetesObject } from '../render/manifest';

/** Something that sends or receives: a pod, or an address outside. Pods have addresses too: ipBlock matches them. */
export interface Endpoint {
  readonly address: string;
  readonly namespace?: string;
  /** Labels of the namespace beside its name, which the API server writes. */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly Requirement[];
}

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly {
    readonly port?: number | string;
    readonly endPort?: number;
    readonly protocol?: string;
  }[];
}

export interface NetworkPolicy extends KubernetesObject {
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
}

/** Whether one endpoint may open a connection to a port of another. */
export type IsOpen = (port: number, protocol?: string) => boolean;

/** Whether policies let one endpoint open a connection to another, as networking.k8s.io/v1 says. */
export function allows(
  policies: readonly NetworkPolicy[],
  from: Endpoint,
  to: Endpoint,
  port: number,
  protocol?: string,
): boolean {
  return between(policies, from, to)(port, protocol);
}

/** The ports that are open between two endpoints: who they are is asked once for all ports. */
export function between(policies: readonly NetworkPolicy[], from: Endpoint, to: Endpoint): IsOpen {
  const out = rulesFor(policies, 'egress', from, to);
  const into = rulesFor(policies, 'ingress', to, from);
  return (port, protocol = 'TCP') => opens(out, port, protocol) && opens(into, port, protocol);
}

/** Rules that concern the other side; undefined where no policy selects the subject, which is then open. */
function rulesFor(
  policies: readonly NetworkPolicy[],
  direction: 'ingress' | 'egress',
  subject: Endpoint,
  other: Endpoint,
): Rule[] | undefined {
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  const applying = policies.filter(
    ({ metadata, spec }) =>
      spec.policyTypes.includes(type) &&
      metadata.namespace === subject.namespace &&
      selects(spec.podSelector, subject.labels),
  );
  if (applying.length === 0) return undefined;
  return applying.flatMap(({ metadata, spec }) =>
    (spec[direction] ?? []).filter(({ from, to }) => {
      const peers = (direction === 'ingress' ? from : to) ?? [];
      // A rule without peers means everywhere.
      return peers.length === 0 || peers.some((peer) => isPeer(peer, other, metadata.namespace));
    }),
  );
}

function opens(rules: readonly Rule[] | undefined, port: number, protocol: string): boolean {
  return (
    rules === undefined ||
    rules.some(
      ({ ports = [] }) =>
        ports.length === 0 ||
        ports.some((item) => (item.protocol ?? 'TCP') === protocol && coversPort(item, port)),
    )
  );
}

/** A port by name is whatever a pod says that it is: any. */
function coversPort(
  { port, endPort }: { port?: number | string; endPort?: number },
  wanted: number,
): boolean {
  if (typeof port !== 'number') return true;
  return wanted >= port && wanted <= (endPort ?? port);
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: Peer, other: Endpoint, home?: string): boolean {
  if (ipBlock !== undefined) {
    const { cidr, except = [] } = ipBlock;
    return contains(cidr, other.address) && !except.some((range) => contains(range, other.address));
  }
  if (other.namespace === undefined) return false;
  const inNamespace =
    namespaceSelector === undefined
      ? other.namespace === home
      : selects(namespaceSelector, {
          ...other.namespaceLabels,
          'kubernetes.io/metadata.name': other.namespace,
        });
  return inNamespace && (podSelector === undefined || selects(podSelector, other.labels));
}

function selects(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Endpoint['labels'] = {},
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every((requirement) => holds(requirement, labels[requirement.key]))
  );
}

function holds({ operator, values = [] }: Requirement, value: string | undefined): boolean {
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  const isIn = value !== undefined && values.includes(value);
  return operator === 'In' ? isIn : !isIn;
}

/** Whether an IPv4 range contains an address. */
export function contains(cidr: string, address: string): boolean {
  const [base = '', length = '32'] = cidr.split('/');
  if (!/^(3[0-2]|[12]?\d)$/.test(length)) throw new Error(`${cidr} is not an IPv4 range`);
  const size = 2 ** (32 - Number(length));
  return Math.floor(toNumber(address) / size) === Math.floor(toNumber(base) / size);
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}
