import { isIPv4 } from 'node:net';
import { contains, parseCidr } from '../../ip';
import { addressProblem, networkProblem } from '../addresses';
import { items } from '../path';
import type { Rule } from '../rule';
import type { Service } from './service';

/** Addresses that no Service can have from outside. */
const SPECIAL = [
  '0.0.0.0/32',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/24',
  '::/128',
  '::1/128',
  'fe80::/10',
  'ff02::/16',
];

/** Addresses and networks of a Service. */
export const serviceAddresses: Rule<Service> = {
  id: 'service-addresses',
  class: 'apiserver',
  kinds: ['v1/Service'],
  check({ spec = {} }, tell, { version }) {
    for (const [range, at] of items(spec.loadBalancerSourceRanges, ['spec', 'loadBalancerSourceRanges'])) {
      const problem = networkProblem(range.trim(), version);
      if (problem !== undefined) tell(at, problem);
    }
    for (const [address, at] of items(spec.externalIPs, ['spec', 'externalIPs'])) {
      const problem =
        addressProblem(address, version) ??
        (isSpecial(address) ? 'must not be a special address' : undefined);
      if (problem !== undefined) tell(at, problem);
    }
    const { clusterIP = '' } = spec;
    const problem = clusterIP === '' || clusterIP === 'None' ? undefined : addressProblem(clusterIP, version);
    if (problem !== undefined) tell(['spec', 'clusterIP'], problem);
  },
};

function isSpecial(address: string): boolean {
  return SPECIAL.some((range) => {
    const cidr = parseCidr(range);
    return cidr !== undefined && isIPv4(cidr.address) === isIPv4(address) && contains(cidr, address);
  });
}
