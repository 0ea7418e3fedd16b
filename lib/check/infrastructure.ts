import { subnetsOf } from '../infrastructure/subnets';
import type { Pointer } from '../issue';
import { overlap, toRange } from '../model/cidr';
import { dataBucket } from '../model/names';
import type { ClusterFile } from '../schema/cluster';
import { suggest } from './did-you-mean';
import { INSTANCE_TYPES, type InstanceType } from './instance-types';
import { checkKey, keysOf } from './references';
import type { Report } from './reporter';

/** Fields that list the ranges of subnets. */
export const SUBNETS = ['privateCidrs', 'publicCidrs', 'controlPlaneCidrs', 'endpointCidrs'] as const;

/** What AWS would refuse only when the cluster is made: zones and subnets, node groups, the bucket's name. */
export function checkInfrastructure(file: ClusterFile, areRangesSound: boolean, report: Report): void {
  if (checkZones(file, report) && areRangesSound) checkSubnets(file, report);
  checkExisting(file, report);
  checkSystemNodes(file, report);
  checkGpuNodes(file, report);
  checkEndpoint(file, report);
  const bucket = dataBucket(file.spec);
  if (bucket.length > 63) {
    const hint = 'write a shorter one in spec.dataBucket';
    report(['spec', 'domain'], 'bucket-name', `the bucket "${bucket}" has more than 63 letters`, hint);
  }
}

/** EKS takes subnets of at least two zones; a list of subnets goes along the list of zones. */
function checkZones({ spec }: ClusterFile, report: Report): boolean {
  const { zones, network } = spec;
  if (zones.length < 2) report(['spec', 'zones'], 'zone', 'EKS needs at least two zones');
  for (const field of SUBNETS) {
    const length = network[field]?.length ?? zones.length;
    if (length === zones.length) continue;
    const message = `${length} ranges for ${zones.length} zones: exactly one a zone`;
    report(['spec', 'network', field], 'subnets', message);
    return false;
  }
  return true;
}

/** No two subnets share an address, whether written or worked out. */
function checkSubnets({ spec }: ClusterFile, report: Report): void {
  const subnets = subnetsOf(spec).map((subnet) => ({ ...subnet, range: toRange(subnet.cidr) }));
  for (const [index, subnet] of subnets.entries()) {
    const other = subnets.slice(0, index).find(({ range }) => overlap(range, subnet.range));
    if (other === undefined) continue;
    report(
      ['spec', 'network'],
      'cidr',
      `the ${subnet.kind} subnet ${subnet.cidr} overlaps the ${other.kind} subnet ${other.cidr}`,
      'write privateCidrs and publicCidrs, one a zone',
    );
    return;
  }
}

function checkExisting({ spec }: ClusterFile, report: Report): void {
  const { zones, network, controlPlane } = spec;
  const { vpc } = network;
  if (controlPlane?.existing !== undefined && vpc === undefined) {
    report(['spec', 'controlPlane', 'existing'], 'existing', 'needs spec.network.vpc: it lies in a VPC');
  }
  if (vpc === undefined) return;
  const at = (field: string) => ['spec', 'network', 'vpc', field];
  if (vpc.privateSubnets.length !== zones.length) {
    const message = `${vpc.privateSubnets.length} subnets for ${zones.length} zones: exactly one a zone`;
    report(at('privateSubnets'), 'subnets', message);
  }
  if (vpc.controlPlaneSubnets.length !== network.controlPlaneCidrs.length) {
    const message = `${vpc.controlPlaneSubnets.length} subnets for ${network.controlPlaneCidrs.length} controlPlaneCidrs`;
    report(at('controlPlaneSubnets'), 'subnets', message);
  }
}

function checkSystemNodes({ spec }: ClusterFile, report: Report): void {
  const { instanceTypes = [], min = 2, max = 4 } = spec.systemNodes ?? {};
  const at = ['spec', 'systemNodes'];
  for (const [index, type] of instanceTypes.entries()) {
    const found = findType(type, [...at, 'instanceTypes', index], report);
    if (found?.gpuName === undefined) continue;
    report([...at, 'instanceTypes', index], 'gpu-family', `${type} has GPUs; system nodes need none`);
  }
  if (min > max) report([...at, 'min'], 'min-max', `${min} is above max ${max}`);
}

function checkGpuNodes({ spec }: ClusterFile, report: Report): void {
  if (spec.gpuNodes === undefined) return;
  const { gpu, instanceType } = spec.gpuNodes;
  const at = ['spec', 'gpuNodes'];
  const known = checkKey(report, [...at, 'gpu'], gpu, keysOf(spec.gpuTypes, 'GPU type', 'spec.gpuTypes'));
  const type = findType(instanceType, [...at, 'instanceType'], report);
  if (type === undefined || !known || type.gpuName === gpu) return;
  const message = `${instanceType} has ${type.gpuName ?? 'no'} GPUs, not ${gpu}`;
  report([...at, 'instanceType'], 'gpu-family', message);
}

/** A private endpoint that the whole internet may reach is a slip. */
function checkEndpoint({ spec }: ClusterFile, report: Report): void {
  for (const [index, cidr] of (spec.controlPlane?.publicCidrs ?? []).entries()) {
    if (!cidr.endsWith('/0')) continue;
    const at = ['spec', 'controlPlane', 'publicCidrs', index];
    report(at, 'public-endpoint', `${cidr} lets everybody reach the API server`, 'list your own ranges');
  }
}

/** All types would not fit on a screen: the nearest one is told. */
function findType(name: string, pointer: Pointer, report: Report): InstanceType | undefined {
  const found = INSTANCE_TYPES.find((type) => type.name === name);
  if (found !== undefined) return found;
  const nearest = suggest(
    name,
    INSTANCE_TYPES.map((type) => type.name),
  );
  const message = `instance type "${name}" is not in imports/instance-types.json`;
  report(pointer, 'unknown-reference', message, nearest && `did you mean "${nearest}"?`);
  return undefined;
}
