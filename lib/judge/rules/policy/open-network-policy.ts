import type { Pointer } from '../../../issue';
import type { NetworkPolicy } from '../networking/network-policy';
import { items } from '../path';
import type { Rule, Tell } from '../rule';

type Peer = { readonly namespaceSelector?: object; readonly podSelector?: object };

/** A policy that lets everybody in: an empty list of peers, and an empty selector of namespaces, mean all. */
export const openNetworkPolicy: Rule<NetworkPolicy> = {
  id: 'open-network-policy',
  class: 'policy',
  kinds: ['networking.k8s.io/v1/NetworkPolicy'],
  check({ spec = {} }, tell) {
    for (const [{ from }, at] of items(spec.ingress, ['spec', 'ingress'])) checkPeers(from, at, 'from', tell);
    for (const [{ to }, at] of items(spec.egress, ['spec', 'egress'])) {
      // Egress without peers, but with ports, is how name servers are allowed.
      if (to !== undefined) checkPeers(to, at, 'to', tell);
    }
  },
};

function checkPeers(peers: readonly Peer[] | undefined, at: Pointer, field: string, tell: Tell): void {
  if (peers === undefined || peers.length === 0) tell(at, `without ${field} means everybody`);
  for (const [{ namespaceSelector, podSelector }, pointer] of items(peers, [...at, field])) {
    if (namespaceSelector === undefined || podSelector !== undefined) continue;
    if (Object.keys(namespaceSelector).length === 0)
      tell([...pointer, 'namespaceSelector'], 'means every namespace');
  }
}
