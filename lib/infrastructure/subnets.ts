import { partOf } from '../model/cidr';
import type { ClusterSpec } from '../schema/cluster';

/** Whose interfaces a subnet holds. */
export type SubnetKind = 'public' | 'private' | 'control-plane' | 'endpoints';

/** A subnet that the infrastructure of a cluster makes. */
export interface Subnet {
  readonly kind: SubnetKind;
  readonly zone: string;
  readonly cidr: string;
}

/** Smallest subnet of AWS (VPC user guide). */
const SMALLEST = 28;

/** All subnets of a VPC that is made, by kind in the order of zones; none where the VPC exists already. */
export function subnetsOf({ zones, network }: ClusterSpec): Subnet[] {
  if (network.vpc !== undefined) return [];
  const ranges: readonly (readonly [SubnetKind, readonly string[]])[] = [
    ['public', network.publicCidrs ?? publicRanges(network.vpcCidr, zones.length)],
    ['private', network.privateCidrs ?? privateRanges(network.vpcCidr, zones.length)],
    ['control-plane', network.controlPlaneCidrs],
    ['endpoints', network.endpointCidrs],
  ];
  return ranges.flatMap(([kind, cidrs]) =>
    zones.map((zone, index) => ({ kind, zone, cidr: cidrs[index] ?? '' })),
  );
}

/** Nodes and pods get nearly everything: a part of the VPC for each zone, and one that is left over. */
function privateRanges(vpc: string, zones: number): string[] {
  return Array.from({ length: zones }, (_, zone) => partOf(vpc, bitsFor(zones), zone));
}

/** NAT gateways and load balancers need few addresses: the first ranges of what is left over. */
function publicRanges(vpc: string, zones: number): string[] {
  const rest = partOf(vpc, bitsFor(zones), 2 ** bitsFor(zones) - 1);
  const length = (cidr: string) => Number(cidr.slice(cidr.indexOf('/') + 1));
  const bits = Math.max(0, Math.min(SMALLEST, length(vpc) + 8) - length(rest));
  return Array.from({ length: zones }, (_, zone) => partOf(rest, bits, zone));
}

/** Bits that tell one more part than there are zones. */
function bitsFor(zones: number): number {
  return Math.ceil(Math.log2(zones + 1));
}
