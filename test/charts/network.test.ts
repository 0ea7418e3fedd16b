import { describe, expect, it } from '@jest/globals';
import { allows, type Endpoint, type NetworkPolicy, type Rule } from '../../lib/proofs/network-policy';
import { renderAll, SMALL, VISION, withSpec } from '../support/fixtures';
import { change, find, ofKind } from '../support/objects';

const policiesOf = (tenant = VISION) => ofKind<NetworkPolicy>(renderAll([tenant, SMALL]), 'NetworkPolicy');
const policies = policiesOf();

let host = 0;
/** A pod in the VPC: under Calico an ipBlock matches its address too. */
const pod = (namespace: string, labels: Endpoint['labels'] = {}): Endpoint => {
  host += 1;
  return { address: `10.0.1.${host}`, namespace, labels };
};
const notebook = { app: 'jupyterhub', component: 'singleuser-server' };
const head = { 'ray.io/is-ray-node': 'yes', 'ray.io/node-type': 'head' };
const worker = { 'ray.io/is-ray-node': 'yes', 'ray.io/node-type': 'worker' };
const operator = { 'app.kubernetes.io/name': 'kuberay-operator' };

/** Pods of the tenant, by the labels that KubeSpawner and KubeRay put on them. */
const OWN = new Map<string, Endpoint>([
  ['notebook', pod('vision', notebook)],
  ['head', pod('vision', head)],
  ['worker', pod('vision', worker)],
  ['submitter', pod('vision', { 'ray.io/originated-from-crd': 'RayJob' })],
  ['other', pod('vision')],
]);
const OTHERS = new Map<string, Endpoint>([
  ['hub', pod('jupyterhub', { app: 'jupyterhub', component: 'hub' })],
  ['proxy', pod('jupyterhub', { app: 'jupyterhub', component: 'proxy' })],
  ['operator', pod('kuberay-system', operator)],
  ['impostor', pod('default', { ...operator, ...notebook, ...head })],
  ['nginx', pod('nginx-ingress')],
  ['dns', pod('kube-system', { 'k8s-app': 'kube-dns' })],
  ['argocd', pod('argocd')],
  ["nlp's notebook", pod('nlp', notebook)],
  ["nlp's head", pod('nlp', head)],
  ['api service', { address: '172.20.0.1' }],
  ['other service', { address: '172.20.7.7' }],
  ['control plane', { address: '10.0.255.5' }],
  ['endpoint', { address: '10.0.254.9' }],
  ['vpc', { address: '10.0.77.7' }],
  ['identity agent', { address: '169.254.170.23' }],
  ['metadata', { address: '169.254.169.254' }],
  ['internet', { address: '203.0.113.9' }],
]);
const ALL = new Map([...OWN, ...OTHERS]);
const TCP = [22, 53, 80, 443, 6379, 8000, 8080, 8081, 8265, 8888, 10001, 52365];
const UDP = [53, 443];

/** All that is open to or from pods of the tenant, as `from -> to: ports`. */
function openings(rendered: readonly NetworkPolicy[]): string[] {
  return [...ALL].flatMap(([from, source]) =>
    [...ALL].flatMap(([to, target]) => {
      if (from === to || !(OWN.has(from) || OWN.has(to))) return [];
      const tcp = TCP.filter((port) => allows(rendered, source, target, port)).map(String);
      const udp = UDP.filter((port) => allows(rendered, source, target, port, 'UDP')).map(
        (port) => `${port}/UDP`,
      );
      const open = tcp.length + udp.length === TCP.length + UDP.length ? ['all'] : [...tcp, ...udp];
      return open.length === 0 ? [] : [`${from} -> ${to}: ${open.join(' ')}`];
    }),
  );
}

const everywhere = (from: string) => [
  `${from} -> dns: 53 53/UDP`,
  `${from} -> endpoint: 443`,
  `${from} -> identity agent: 80`,
];
const internet = [...OWN.keys()].map((from) => `${from} -> internet: 443`);
const jobs = ['notebook -> api service: 443', 'notebook -> control plane: 443'];
const serving = ['nginx -> head: 8000', 'nginx -> worker: 8000'];
const ALWAYS = [
  ...[...OWN.keys()].flatMap(everywhere),
  'notebook -> hub: 8081',
  'notebook -> head: 8000 8265 10001',
  'notebook -> worker: 8000',
  'head -> worker: all',
  'worker -> head: all',
  'head -> api service: 443',
  'head -> control plane: 443',
  'submitter -> head: 8265',
  'hub -> notebook: 8888',
  'proxy -> notebook: 8888',
  'operator -> head: 8000 8265',
  'operator -> worker: 8000',
];
const sorted = (lines: readonly string[]) => [...lines].sort();

describe('reachability', () => {
  it('is exactly what the platform needs', () => {
    expect(sorted(openings(policies))).toEqual(sorted([...ALWAYS, ...internet, ...jobs, ...serving]));
  });

  it('ends at the endpoints of the VPC where egress is none', () => {
    const closed = policiesOf(withSpec(VISION, { network: { egress: 'none' } }));
    expect(sorted(openings(closed))).toEqual(sorted([...ALWAYS, ...jobs, ...serving]));
  });

  it('keeps notebooks from the API server where submitJobs is false', () => {
    const quiet = policiesOf(withSpec(VISION, { notebooks: { submitJobs: false } }));
    expect(sorted(openings(quiet))).toEqual(sorted([...ALWAYS, ...internet, ...serving]));
  });

  it('has no way in for NGINX where no service has a host', () => {
    const inner = policiesOf(withSpec(VISION, { ray: {} }));
    expect(sorted(openings(inner))).toEqual(sorted([...ALWAYS, ...internet, ...jobs]));
  });
});

/** Every rule of every policy of vision with its place. */
function rules(): { policy: string; at: ('spec' | 'ingress' | 'egress' | number)[] }[] {
  return policies
    .filter(({ metadata }) => metadata.namespace === 'vision')
    .flatMap(({ metadata, spec }) =>
      (['ingress', 'egress'] as const).flatMap((direction) =>
        (spec[direction] ?? []).map((_, index) => ({
          policy: metadata.name,
          at: ['spec' as const, direction, index],
        })),
      ),
    );
}

function sabotage(name: string, path: readonly (string | number)[], value: unknown): NetworkPolicy[] {
  return policies.map((policy) => {
    const { namespace, name: found } = policy.metadata;
    return namespace === 'vision' && found === name ? change(policy, path, value) : policy;
  });
}

describe('every rule', () => {
  const shut: Rule = {
    from: [{ podSelector: { matchLabels: { no: 'pod' } } }],
    to: [{ ipBlock: { cidr: '0.0.0.0/32' } }],
  };

  it.each(rules())('is needed: $policy $at', ({ policy, at }) => {
    expect(openings(sabotage(policy, at, shut))).not.toEqual(openings(policies));
  });

  it.each(rules())('needs to say whom: $policy $at', ({ policy, at }) => {
    const peers = at.includes('ingress') ? 'from' : 'to';
    expect(openings(sabotage(policy, [...at, peers], []))).not.toEqual(openings(policies));
  });

  it('names whom it lets in or out: what is empty means everybody', () => {
    for (const { spec } of policies) {
      for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
        const peers = rule.from ?? rule.to ?? [];
        expect(peers).not.toEqual([]);
        for (const { namespaceSelector } of peers) {
          // The API server writes this label; a tenant cannot.
          const keys = Object.keys(namespaceSelector?.matchLabels ?? { 'kubernetes.io/metadata.name': '' });
          expect(keys).toEqual(['kubernetes.io/metadata.name']);
        }
      }
    }
  });
});

describe('policies', () => {
  it('are one a purpose, and none for what a tenant does not have', () => {
    const names = (rendered: readonly NetworkPolicy[], tenant: string) =>
      rendered.flatMap(({ metadata }) => (metadata.namespace === tenant ? [metadata.name] : []));
    const always = ['default-deny', 'dns', 'aws'];
    const pods = ['notebook', 'ray', 'ray-head', 'ray-submitter'];
    expect(names(policies, 'vision')).toEqual([...always, 'internet', ...pods, 'serve']);
    expect(names(policies, 'nlp')).toEqual([...always, 'internet', ...pods]);
  });
});

describe('default deny', () => {
  it('shuts every pod both ways', () => {
    // No empty lists: the API server drops them, and they would differ from Git for ever.
    expect(find<NetworkPolicy>(policies, 'NetworkPolicy', 'default-deny').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('is what shuts pods that no other policy selects', () => {
    const open = policies.filter(({ metadata }) => metadata.name !== 'default-deny');
    expect(openings(open)).toContain('argocd -> other: all');
  });
});

describe('what keeps tenants apart', () => {
  it.each([0, 1, 2])('is exception %d of the internet rule', (index) => {
    const path = ['spec', 'egress', 0, 'to', 0, 'ipBlock', 'except', index];
    expect(openings(sabotage('internet', path, '192.0.2.0/24'))).not.toEqual(openings(policies));
  });
});
