import type { Pointer } from '../issue';
import { overlap, type Range, toRange } from '../model/cidr';
import type { ClusterFile } from '../schema/cluster';
import { SUBNETS } from './infrastructure';
import type { Report } from './reporter';

/** Prefix lengths that AWS takes: VPCs and subnets (VPC user guide), Services (EKS, serviceIpv4Cidr). */
const VPC = { least: 16, most: 28 };
const SERVICES = { least: 12, most: 24 };
const ANY = { least: 0, most: 32 };

/** Ranges that exist, start where they say, and lie where they must; zones of the region. Whether all of it holds. */
export function checkNetwork({ spec }: ClusterFile, tell: Report): boolean {
  const { network, controlPlane } = spec;
  let isSound = true;
  const report: Report = (...finding) => {
    isSound = false;
    tell(...finding);
  };
  const at = (...segments: (string | number)[]) => ['spec', 'network', ...segments];
  const vpc = checkRange(network.vpcCidr, VPC, at('vpcCidr'), report);
  const service = checkRange(network.serviceCidr, SERVICES, at('serviceCidr'), report);
  if (vpc !== undefined && service !== undefined && overlap(vpc, service)) {
    report(at('serviceCidr'), 'cidr', `${network.serviceCidr} overlaps vpcCidr ${network.vpcCidr}`);
  }
  for (const field of SUBNETS) {
    for (const [index, cidr] of (network[field] ?? []).entries()) {
      const range = checkRange(cidr, VPC, at(field, index), report);
      if (range === undefined || vpc === undefined) continue;
      if (range.first < vpc.first || range.last > vpc.last) {
        report(at(field, index), 'cidr', `${cidr} is not inside vpcCidr ${network.vpcCidr}`);
      }
    }
  }
  for (const [index, cidr] of (controlPlane?.publicCidrs ?? []).entries()) {
    checkRange(cidr, ANY, ['spec', 'controlPlane', 'publicCidrs', index], report);
  }
  for (const [index, zone] of spec.zones.entries()) {
    if (zone.slice(0, -1) !== spec.region) {
      report(['spec', 'zones', index], 'zone', `"${zone}" is not a zone of region ${spec.region}`);
    }
  }
  return isSound;
}

function checkRange(
  cidr: string,
  { least, most }: typeof VPC,
  pointer: Pointer,
  report: Report,
): Range | undefined {
  const [address = '', bits = ''] = cidr.split('/');
  const octets = address.split('.').map(Number);
  const length = Number(bits);
  if (octets.some((octet) => octet > 255)) {
    report(pointer, 'cidr', `${cidr} is not an IPv4 range`);
    return undefined;
  }
  // Go takes no leading zeros: the API server would refuse the network policies.
  if (cidr !== `${octets.join('.')}/${length}`) {
    report(pointer, 'cidr', `${cidr} has leading zeros`, `write ${octets.join('.')}/${length}`);
    return undefined;
  }
  if (length < least || length > most) {
    report(pointer, 'cidr', `AWS takes ranges from /${least} to /${most} here, not /${length}`);
    return undefined;
  }
  const range = toRange(cidr);
  if (range.first % 2 ** (32 - length) !== 0) {
    report(
      pointer,
      'cidr',
      `${cidr} has bits set after the prefix`,
      `write the first address of the /${length}`,
    );
    return undefined;
  }
  return range;
}
