import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { load } from 'js-yaml';
import { adopt, type Outputs } from '../../lib/infrastructure/adopt';
import type { ClusterFile } from '../../lib/schema/cluster';
import { copyRoot, tenantry } from '../support/cli';

jest.setTimeout(60_000);

/** What `terraform output -json` prints of a cluster of the community modules. */
const VALUES = {
  account: '111122223333',
  cluster_name: 'lab',
  region: 'eu-west-1',
  azs: ['eu-west-1a', 'eu-west-1b'],
  cluster_version: '1.36',
  vpc_id: 'vpc-0a1b2c3d4e5f60718',
  vpc_cidr_block: '10.2.0.0/16',
  cluster_service_cidr: '172.20.0.0/16',
  private_subnets: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'],
  intra_subnets: ['subnet-0a1b2c3d4e5f60713', 'subnet-0a1b2c3d4e5f60714'],
  intra_subnets_cidr_blocks: ['10.2.255.0/28', '10.2.255.16/28'],
  private_subnets_cidr_blocks: ['10.2.0.0/18', '10.2.64.0/18'],
  cluster_primary_security_group_id: 'sg-0a1b2c3d4e5f60718',
};
const outputs = (values: object): Outputs =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { sensitive: false, value }]));

const USAGE = `usage: tenantry cluster adopt --outputs FILE --like NAME --domain HOST
       tenantry cluster quotas NAME
       tenantry cluster cost NAME [--prices FILE]`;

let root = '';
let remove = () => {};

beforeEach(() => {
  ({ root, remove } = copyRoot());
});
afterEach(() => remove());

const like = () => load(readFileSync(join(root, 'clusters/staging.yaml'), 'utf8')) as ClusterFile;

describe('tenantry cluster adopt', () => {
  it('writes a cluster file that passes the check, with the catalogue of another', () => {
    writeFileSync(join(root, 'outputs.json'), JSON.stringify(outputs(VALUES)));
    const args = [
      'cluster',
      'adopt',
      '--outputs',
      'outputs.json',
      '--like',
      'staging',
      '--domain',
      'lab.example.com',
    ];
    expect(tenantry(root, ...args)).toMatchObject({ status: 0, stdout: 'clusters/lab.yaml\n' });
    const { spec } = load(readFileSync(join(root, 'clusters/lab.yaml'), 'utf8')) as ClusterFile;
    expect(spec.controlPlane?.existing).toEqual({ securityGroup: VALUES.cluster_primary_security_group_id });
    expect(spec.network.vpc?.controlPlaneSubnets).toEqual(VALUES.intra_subnets);
    expect(spec.pools).toEqual(like().spec.pools);
    expect(tenantry(root, 'list')).toMatchObject({ status: 0, stderr: '' });
    expect(tenantry(root, ...args)).toMatchObject({
      status: 2,
      stderr: 'tenantry: clusters/lab.yaml exists already\n',
    });
  });

  it.each<[object, string]>([
    [{ vpc_id: undefined }, 'output vpc_id is missing'],
    [{ intra_subnets: undefined }, 'output control_plane_subnets or intra_subnets is missing'],
    [{ azs: 'eu-west-1a' }, 'output azs is not a list of text'],
    [{ region: ['eu-west-1'] }, 'output region is not text'],
    [{ node_role: 'nodes' }, 'output node_role is nodes, but dist/ names KarpenterNodeRole-lab'],
    [{ interruption_queue: 'karpenter' }, 'output interruption_queue is karpenter, but dist/ names lab'],
  ])('refuses %j', (change, problem) => {
    const changed = Object.fromEntries(Object.entries({ ...VALUES, ...change }).filter(([, value]) => value));
    expect(adopt(outputs(changed), like(), 'lab.example.com')).toEqual({ problems: [problem] });
  });

  it('takes the outputs that tenantry infra writes, by their own names', () => {
    const own = {
      ...VALUES,
      node_role: 'KarpenterNodeRole-lab',
      interruption_queue: 'lab',
      tenant_role: 'lab-tenant',
      data_bucket: 'data-lab',
      cluster_security_group: 'sg-0a1b2c3d',
    };
    const { file, problems } = adopt(outputs(own), like(), 'lab.example.com');
    expect(problems).toEqual([]);
    expect(file?.spec).toMatchObject({
      dataBucket: 'data-lab',
      controlPlane: { existing: { securityGroup: 'sg-0a1b2c3d' } },
    });
  });

  it.each([
    [['cluster', 'adopt'], USAGE],
    [['cluster', 'quotas'], USAGE],
    [['cluster', 'cost', 'nowhere'], 'no cluster nowhere; there are: prod, staging'],
    [
      ['cluster', 'cost', 'prod', '--prices', 'no.json'],
      '--prices no.json: not in the form of lib/infrastructure/cost/prices.json',
    ],
    [
      ['cluster', 'adopt', '--outputs', 'no.json', '--like', 'prod', '--domain', 'a.b'],
      '--outputs no.json: no such file',
    ],
    [['infra'], 'give --target terraform'],
    [
      ['infra', '--target', 'terraform', '--cluster', 'prd'],
      '--cluster prd: no such cluster; did you mean "prod"?',
    ],
  ])('%j is wrong usage', (args, message) => {
    expect(tenantry(root, ...args)).toMatchObject({ status: 2, stderr: `tenantry: ${message}\n` });
  });
});

describe('tenantry infra', () => {
  it('writes the files of each cluster', () => {
    const { status, stdout } = tenantry(root, 'infra', '--target', 'terraform', '--cluster', 'prod');
    expect(status).toBe(0);
    expect(stdout.split('\n').slice(0, -1)).toEqual(
      ['main.tf.json', 'variables.tf.json', 'outputs.tf.json', 'bootstrap.yaml'].map(
        (file) => `terraform.out/prod/${file}`,
      ),
    );
    expect(readFileSync(join(root, 'terraform.out/prod/bootstrap.yaml'), 'utf8')).toContain(
      'targetRevision: prod',
    );
  });
});
