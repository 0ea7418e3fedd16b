import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { loadPlatform } from '../../lib/check/platform';
import { terraformOf } from '../../lib/infrastructure/terraform/main';
import { collect } from '../../lib/render/collect';
import type { KubernetesObject } from '../../lib/render/manifest';
import { made, madeByTerraform, wanted } from './names';
import { templateOf } from './synthesize';

jest.setTimeout(120_000);

const { platform } = loadPlatform(join(__dirname, '../..'));
const cluster = platform?.clusters.find(({ name }) => name === 'prod');
if (platform === undefined || cluster === undefined)
  throw new Error('the inputs of this repository have errors');
const placements = platform.placements.filter((placement) => placement.cluster === cluster);
const objects = [...collect({ clusters: [cluster], placements })].flat().map(({ object }) => object);
const template = templateOf(cluster);
const { region } = cluster.spec;
const terraform = JSON.parse(terraformOf(cluster).get('main.tf.json') ?? '');

const WHAT = [
  'associated account',
  'backup of disks with tag',
  'bucket',
  'cluster',
  'driver',
  'node role',
  'queue',
  'reachable range',
  'region',
  'security group with tag',
  'subnet with tag',
  'tenant account',
  'tenant role',
  'VPC with tag',
  'zone of nodes',
];

describe('dist/ and the infrastructure', () => {
  it('agree on every name', () => {
    expect(wanted(objects, cluster)).toEqual(made(template, region));
  });

  it('agree on every name where Terraform makes it', () => {
    expect(wanted(objects, cluster)).toEqual(madeByTerraform(terraform));
  });

  it.each([
    ['backup of disks with tag', 'aws:ResourceTag/tenantry.dev/backup', 'aws:ResourceTag/backup'],
    ['driver', '"aws-ebs-csi-driver"', '"ebs-csi-driver"'],
    ['queue', '"name":"prod","message', '"name":"karpenter-prod","message'],
    ['node role', '"name":"KarpenterNodeRole-prod"', '"name":"karpenter-node-prod"'],
    ['bucket', '"bucket":"example-ml-prod"', '"bucket":"example-ml"'],
    ['tenant role', '"name":"prod-tenant"', '"name":"prod-x-tenant"'],
    ['associated account', '"service_account":"external-dns"', '"service_account":"dns"'],
    ['reachable range', '"10.0.254.64/26"', '"10.0.253.64/26"'],
    ['subnet with tag', '"karpenter.sh/discovery"', '"karpenter.sh/discover"'],
  ])('a slip in the Terraform is noticed: %s %s', (what, from, to) => {
    const sabotaged = JSON.parse(JSON.stringify(terraform).replaceAll(from, to));
    expect(differences(wanted(objects, cluster), madeByTerraform(sabotaged))).toContain(what);
  });

  it('agree on something of every sort', () => {
    for (const what of WHAT)
      expect(made(template, region).filter((line) => line.startsWith(what))).not.toEqual([]);
  });

  it.each([
    ['associated account', '"name":"karpenter"}', '"name":"karpenters"}'],
    ['associated account', '"namespace":"cert-manager"', '"namespace":"certs"'],
    ['cluster', '"clusterName":"prod"', '"clusterName":"production"'],
    ['driver', '"driver":"s3.csi.aws.com"', '"driver":"fsx.csi.aws.com"'],
    ['node role', '"role":"KarpenterNodeRole-prod"', '"role":"KarpenterNodeRole"'],
    ['queue', '"interruptionQueue":"prod"', '"interruptionQueue":"prod-queue"'],
    ['reachable range', '"10.0.255.16/28"', '"10.0.255.48/28"'],
    ['reachable range', '"10.0.254.0/26"', '"10.0.253.0/26"'],
    ['region', '"region":"eu-west-1"', '"region":"eu-west-2"'],
    [
      'VPC with tag',
      '"vpcTags":{"karpenter.sh/discovery":"prod"}',
      '"vpcTags":{"karpenter.sh/discovery":"x"}',
    ],
    [
      'subnet with tag',
      '"subnetSelectorTerms":[{"tags":{"karpenter.sh/discovery":"prod"',
      '"subnetSelectorTerms":[{"tags":{"karpenter.sh/discovery":"x"',
    ],
    [
      'security group with tag',
      '"securityGroupSelectorTerms":[{"tags":{"karpenter.sh/discovery":"prod"',
      '"securityGroupSelectorTerms":[{"tags":{"discovery":"prod"',
    ],
    ['bucket', '"bucketName":"example-ml-prod"', '"bucketName":"example-ml"'],
    ['backup of disks with tag', '"tenantry.dev/backup=daily"', '"tenantry.dev/backup=weekly"'],
    ['tenant role', ':role/prod-tenant"', ':role/tenant"'],
    ['tenant account', '"name":"ray-head"', '"name":"ray"'],
    ['zone of nodes', '"eu-west-1c"', '"eu-west-1d"'],
  ])('a slip in dist/ is noticed: %s %s', (what, from, to) => {
    const text = JSON.stringify(objects);
    const sabotaged = JSON.parse(text.replaceAll(from, to)) as KubernetesObject[];
    expect(differences(wanted(sabotaged, cluster), made(template, region))).toContain(what);
  });

  it.each([
    ['associated account', '"ServiceAccount":"karpenter"', '"ServiceAccount":"karpenter-controller"'],
    ['cluster', '"Name":"prod"', '"Name":"prod-1"'],
    ['driver', '"AddonName":"aws-mountpoint-s3-csi-driver"', '"AddonName":"aws-s3-csi-driver"'],
    ['node role', '"RoleName":"KarpenterNodeRole-prod"', '"RoleName":"prod-nodes"'],
    ['queue', '"QueueName":"prod"', '"QueueName":"prod-interruptions"'],
    ['reachable range', '"CidrBlock":"10.0.255.16/28"', '"CidrBlock":"10.0.255.48/28"'],
    ['security group with tag', '"karpenter.sh/discovery"', '"karpenter.sh/discover"'],
    ['subnet with tag', '"karpenter.sh/discovery"', '"karpenter.sh/discover"'],
    ['VPC with tag', '"karpenter.sh/discovery"', '"karpenter.sh/discover"'],
    ['backup of disks with tag', 'aws:ResourceTag/tenantry.dev/backup', 'aws:ResourceTag/backup'],
    ['bucket', '"BucketName":"example-ml-prod"', '"BucketName":"example-ml"'],
    ['tenant role', '"RoleName":"prod-tenant"', '"RoleName":"prod-x-tenant"'],
    ['tenant account', '"ray-worker"', '"worker"'],
    ['zone of nodes', '"AvailabilityZone":"eu-west-1b"', '"AvailabilityZone":"eu-west-1d"'],
  ])('a slip in the template is noticed: %s %s', (what, from, to) => {
    const sabotaged = Template.fromJSON(JSON.parse(JSON.stringify(template.toJSON()).replaceAll(from, to)));
    expect(differences(wanted(objects, cluster), made(sabotaged, region))).toContain(what);
  });
});

/** Sorts of names on which the sides differ. */
function differences(left: readonly string[], right: readonly string[]): string[] {
  const lines = [
    ...left.filter((line) => !right.includes(line)),
    ...right.filter((line) => !left.includes(line)),
  ];
  return [...new Set(lines.flatMap((line) => WHAT.find((what) => line.startsWith(`${what} `)) ?? []))];
}
