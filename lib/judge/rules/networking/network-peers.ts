import type { NetworkPolicyEgressRule } from '../../../../imports/core';
import type { Pointer } from '../../../issue';
import { contains, parseCidr } from '../../ip';
import type { KubernetesVersion } from '../../version';
import { networkProblem, sloppy } from '../addresses';
import { items } from '../path';
import type { Rule, Tell } from '../rule';
import { checkSelector } from '../selectors';
import type { NetworkPolicy } from './network-policy';

type Peer = NonNullable<NetworkPolicyEgressRule['to']>[number];

/** A peer is some pods, or a network with holes inside it. */
export const networkPeers: Rule<NetworkPolicy> = {
  id: 'network-peers',
  class: 'apiserver',
  kinds: ['networking.k8s.io/v1/NetworkPolicy'],
  check({ spec = {} }, tell, { version }) {
    const peers = [
      ...items(spec.ingress, ['spec', 'ingress']).flatMap(([{ from }, at]) => items(from, [...at, 'from'])),
      ...items(spec.egress, ['spec', 'egress']).flatMap(([{ to }, at]) => items(to, [...at, 'to'])),
    ];
    for (const [peer, at] of peers) checkPeer(peer, at, tell, version);
  },
};

function checkPeer(peer: Peer, at: Pointer, tell: Tell, version: KubernetesVersion): void {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  checkSelector(podSelector, [...at, 'podSelector'], tell);
  checkSelector(namespaceSelector, [...at, 'namespaceSelector'], tell);
  const selects = podSelector !== undefined || namespaceSelector !== undefined;
  if (ipBlock === undefined) {
    if (!selects) tell(at, 'must have podSelector, namespaceSelector or ipBlock');
    return;
  }
  if (selects) tell(at, 'ipBlock stands alone');
  const problem = networkProblem(ipBlock.cidr, version);
  if (problem !== undefined) tell([...at, 'ipBlock', 'cidr'], problem);
  const block = parseCidr(sloppy(ipBlock.cidr));
  for (const [text, pointer] of items(ipBlock.except, [...at, 'ipBlock', 'except'])) {
    const wrong = networkProblem(text, version);
    if (wrong !== undefined) tell(pointer, wrong);
    const hole = parseCidr(sloppy(text));
    if (block === undefined || hole === undefined) continue;
    if (hole.bits <= block.bits || !contains(block, hole.address)) tell(pointer, 'must be a part of cidr');
  }
}
