import { describe, expect, it } from '@jest/globals';
import { type Change, cluster, type Fields, load } from '../support/inputs';

const findings = (change: Change) =>
  load(change).issues.map(({ source, rule }) => `${source?.file}:${source?.line} ${rule}`);
const main = (fields: Fields): Change => ({ 'clusters/main.yaml': fields });
const red = (fields: Fields): Change => ({ 'tenants/red.yaml': fields });

const LARGEST = { displayName: 'Largest', image: 'plain', cpu: 191.45, memory: '718987Mi' };
const ABOVE = {
  'spec.network.vpcCidr': '172.31.0.0/16',
  'spec.network.controlPlaneCidrs': ['172.31.255.0/28', '172.31.255.16/28'],
  'spec.network.endpointCidrs': ['172.31.254.0/26', '172.31.254.64/26'],
};
const NEXT = { 'clusters/next.yaml': cluster('next', { 'spec.domain': 'next.example.com' }) };

describe('what just fits passes', () => {
  it.each<[string, Change]>([
    ['as many workers at least as at most', red({ 'spec.ray.clusters.0.workers.1.min': 2 })],
    ['as many replicas at least as at most', red({ 'spec.ray.services.0.deployments.0.min': 2 })],
    ['a profile as large as the largest instance', main({ 'spec.profiles.largest': LARGEST })],
    ['a VPC above the range of Services', main(ABOVE)],
    ['the smallest VPC, subnets and Services', main({ 'spec.network.serviceCidr': '172.20.0.0/24' })],
    ['the largest range of Services', main({ 'spec.network.serviceCidr': '172.16.0.0/12' })],
    [
      'a subnet that ends with the VPC',
      main({ 'spec.network.endpointCidrs': ['10.0.254.0/26', '10.0.255.192/26'] }),
    ],
    ['the first Ray with tokens', main(rayVersion('2.52.0'))],
    ['a variable that only looks managed', red({ 'spec.ray.services.0.env': { MY_PATH: 'a', XLD_A: 'b' } })],
    ['a dataset beside another', main({ 'spec.datasets.scans.prefix': 'datasets/mnist-2/' })],
  ])('%s', (_name, change) => {
    expect(findings(change)).toEqual([]);
  });
});

describe('what is just too much fails', () => {
  it.each<[string, Change, string]>([
    [
      'a profile a little larger than the largest instance',
      main({ 'spec.profiles.largest': { ...LARGEST, cpu: 191.451 } }),
      'clusters/main.yaml:81 instance-size',
    ],
    [
      'a subnet that starts in the VPC',
      main({
        'spec.network.vpcCidr': '10.0.0.0/17',
        'spec.network.endpointCidrs': ['10.0.0.0/16', '10.0.254.0/26'],
      }),
      'clusters/main.yaml:19 cidr',
    ],
    [
      'a subnet below the VPC',
      main({ ...ABOVE, 'spec.network.endpointCidrs': ['172.31.254.0/26', '172.30.0.0/26'] }),
      'clusters/main.yaml:23 cidr',
    ],
    [
      'a dataset inside another',
      main({ 'spec.datasets.scans.prefix': 'datasets/mnist/train/' }),
      'clusters/main.yaml:85 dataset-prefix',
    ],
    ['a CPU pool of one tenant', main({ 'spec.pools.cpu.tenant': 'red' }), 'clusters/main.yaml:42 cpu-pool'],
    [
      'a GPU pool named cpu',
      main({ 'spec.pools.cpu': { gpu: 'l4', capacity: ['spot'], tenant: 'red', limits: { gpus: 1 } } }),
      'clusters/main.yaml:42 cpu-pool',
    ],
    ['the last Ray without tokens', main(rayVersion('2.51.9')), 'clusters/main.yaml:60 ray-version'],
  ])('%s', (_name, change, finding) => {
    expect(findings(change)).toContain(finding);
  });
});

describe('an item of spec.ray', () => {
  const service = (fields: Fields) => ({
    ...NEXT,
    ...red({ 'spec.clusters': { main: {}, next: {} }, ...fields }),
  });

  it('is judged on its own clusters only', () => {
    const change = service({
      'spec.ray.services.0.clusters': ['main'],
      'spec.ray.services.0.image': 'extra',
    });
    const extra = {
      'spec.images.extra': {
        image: 'r.example.com/a:1',
        ray: '2.60.0',
        python: '3.12',
        source: 'read 2026-11-24',
      },
    };
    expect(findings({ ...change, ...main(extra) })).toEqual([]);
    expect(
      findings({ ...change, ...main(extra), ...service({ 'spec.ray.services.0.image': 'extra' }) }),
    ).toEqual(['tenants/red.yaml:61 unknown-reference', 'tenants/red.yaml:58 host']);
  });

  it('has a host below the domain of one cluster: the same on two is told once', () => {
    expect(findings(service({}))).toEqual(['tenants/red.yaml:58 host']);
    expect(findings(service({ 'spec.ray.services.0.clusters': ['main'] }))).toEqual([]);
  });

  it('for interactive use has the Ray and Python of every profile; others need not', () => {
    const other = {
      'spec.images.plain.ray': '2.61.0',
      'spec.images.plain.image': 'r.example.com/ray-cpu:2.61.0',
    };
    const small = red({ 'spec.notebooks.profiles': ['small'] });
    expect(findings({ ...main(other), ...small })).toEqual(['tenants/red.yaml:36 ray-client-version']);
    const none = red({ 'spec.notebooks.profiles': ['small'], 'spec.ray.clusters': [] });
    expect(findings({ ...main(other), ...none })).toEqual([]);
  });
});

function rayVersion(ray: string): Fields {
  const fields = { ray, image: `r.example.com/ray:${ray}` };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => [
      [`spec.images.cuda.${field}`, value],
      [`spec.images.plain.${field}`, value],
    ]),
  );
}
