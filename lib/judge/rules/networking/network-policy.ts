import type {
  LabelSelector,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
} from '../../../../imports/core';
import type { Pointer } from '../../../issue';
import { isPort, isPortName } from '../../names';
import { items } from '../path';
import type { Rule, Tell } from '../rule';
import { checkSelector } from '../selectors';

/** The parts of a NetworkPolicy that rules look at. */
export interface NetworkPolicy {
  readonly spec?: {
    readonly podSelector?: LabelSelector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly NetworkPolicyIngressRule[];
    readonly egress?: readonly NetworkPolicyEgressRule[];
  };
}

type Port = NonNullable<NetworkPolicyIngressRule['ports']>[number];

/** Ports, selectors and types of a policy. */
export const networkPolicy: Rule<NetworkPolicy> = {
  id: 'network-policy',
  class: 'apiserver',
  kinds: ['networking.k8s.io/v1/NetworkPolicy'],
  check({ spec = {} }, tell) {
    checkSelector(spec.podSelector, ['spec', 'podSelector'], tell);
    const { ingress, egress, policyTypes = [] } = spec;
    if (policyTypes.length > 2) tell(['spec', 'policyTypes'], 'must have at most two');
    for (const [type, at] of items(policyTypes, ['spec', 'policyTypes'])) {
      if (type !== 'Ingress' && type !== 'Egress') tell(at, 'must be Ingress or Egress');
    }
    for (const [direction, rules] of Object.entries({ ingress, egress })) {
      for (const [rule, at] of items<NetworkPolicyIngressRule | NetworkPolicyEgressRule>(rules, [
        'spec',
        direction,
      ])) {
        for (const [port, pointer] of items(rule.ports, [...at, 'ports'])) checkPort(port, pointer, tell);
      }
    }
  },
};

function checkPort({ port, endPort, protocol }: Port, at: Pointer, tell: Tell): void {
  if (protocol !== undefined && !['TCP', 'UDP', 'SCTP'].includes(protocol)) {
    tell([...at, 'protocol'], 'must be TCP, UDP or SCTP');
  }
  if (typeof port === 'number') {
    const problem = isPort(port);
    if (problem !== undefined) tell([...at, 'port'], problem);
    if (endPort !== undefined && (endPort < port || isPort(endPort) !== undefined)) {
      tell([...at, 'endPort'], 'must be from port to 65535');
    }
    return;
  }
  if (endPort !== undefined) tell([...at, 'endPort'], 'needs a port that is a number');
  const problem = port === undefined ? undefined : isPortName(port);
  if (problem !== undefined) tell([...at, 'port'], problem);
}
