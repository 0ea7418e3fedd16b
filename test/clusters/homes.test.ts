import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { loadPlatform } from '../../lib/check/platform';
import { terraformOf } from '../../lib/infrastructure/terraform/main';
import { ref } from '../../lib/infrastructure/terraform/reference';
import type { Cluster } from '../../lib/model/platform';
import { collect } from '../../lib/render/collect';
import { clusterWith } from './cluster';
import { made, madeByTerraform, wanted } from './names';
import { templateOf } from './synthesize';

jest.setTimeout(120_000);

const { platform } = loadPlatform(join(__dirname, '../..'));
const prod = platform?.clusters.find(({ name }) => name === 'prod');
if (platform === undefined || prod === undefined)
  throw new Error('the inputs of this repository have errors');
const homes = { efs: 'fs-0123456789abcdef0', securityGroup: 'sg-0123456789abcdef0' };
const cluster: Cluster = { ...prod, spec: { ...prod.spec, homes } };
const placements = platform.placements
  .filter((placement) => placement.cluster === prod)
  .map((placement) => ({ ...placement, cluster }));
const lines = wanted(
  [...collect({ clusters: [cluster], placements })].flat().map(({ object }) => object),
  cluster,
);
const template = templateOf(cluster);
const terraform = resources(cluster);

describe('homes on EFS', () => {
  it('have driver, role and backup where dist/ names them', () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        'associated account kube-system/efs-csi-controller-sa',
        `backup of file system ${homes.efs}`,
        'driver efs.csi.aws.com',
      ]),
    );
    expect(made(template, cluster.spec.region)).toEqual(lines);
    expect(madeByTerraform(terraform)).toEqual(lines);
  });

  it.each([
    ['driver efs.csi.aws.com', 'aws-efs-csi-driver', 'efs-csi-driver'],
    ['associated account kube-system/efs-csi-controller-sa', '"efs-csi-controller-sa"', '"efs-csi-node-sa"'],
    [`backup of file system ${homes.efs}`, homes.efs, 'fs-0000000000000000'],
  ])('a slip on the side of AWS is noticed: %s', (line, from, to) => {
    const slip = (value: object) => JSON.parse(JSON.stringify(value).replaceAll(from, to));
    expect(made(Template.fromJSON(slip(template.toJSON())), cluster.spec.region)).not.toContain(line);
    expect(madeByTerraform(slip(terraform))).not.toContain(line);
  });

  it('give their driver the policy of AWS', () => {
    const [role] = Object.values(
      template.findResources('AWS::IAM::Role', { Properties: { RoleName: 'prod-efs-csi-controller-sa' } }),
    );
    const policy = ':policy/service-role/AmazonEFSCSIDriverPolicy';
    expect(JSON.stringify(role?.Properties.ManagedPolicyArns)).toContain(policy);
    const attached = Object.values<{ role: string; policy_arn: string }>(
      terraform.resource.aws_iam_role_policy_attachment,
    ).find(({ policy_arn }) => policy_arn.endsWith(policy));
    expect(attached?.role).toBe(ref('aws_iam_role.prod-efs-csi-controller-sa.name'));
  });

  it('let NFS from the nodes, and nothing else, to their mount targets', () => {
    const [rule] = toMountTargets(template);
    expect(rule).toMatchObject({ IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049 });
    expect(JSON.stringify(rule?.SourceSecurityGroupId)).toMatch(/ControlPlaneNodes/);
    expect(toMountTargets(template)).toHaveLength(1);
    expect(terraform.resource.aws_vpc_security_group_ingress_rule.homes).toMatchObject({
      security_group_id: homes.securityGroup,
      ip_protocol: 'tcp',
      from_port: 2049,
      to_port: 2049,
      referenced_security_group_id: ref('module.eks.node_security_group_id'),
    });
  });

  it('let NFS from the VPC where the group of the nodes is not known', () => {
    const existing = clusterWith({
      'spec.homes': homes,
      'spec.network.vpc': {
        id: 'vpc-0a1b2c3d4e5f60718',
        privateSubnets: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'],
        controlPlaneSubnets: ['subnet-0a1b2c3d4e5f60713', 'subnet-0a1b2c3d4e5f60714'],
      },
      'spec.controlPlane': { existing: { securityGroup: 'sg-0a1b2c3d4e5f60718' } },
    });
    expect(toMountTargets(templateOf(existing))).toEqual([
      expect.objectContaining({ CidrIp: '10.0.0.0/16', FromPort: 2049, ToPort: 2049 }),
    ]);
    expect(resources(existing).resource.aws_vpc_security_group_ingress_rule.homes).toMatchObject({
      cidr_ipv4: '10.0.0.0/16',
      from_port: 2049,
    });
  });

  it('change no security group that the cluster file does not name', () => {
    const unnamed = clusterWith({ 'spec.homes': { efs: homes.efs } });
    expect(toMountTargets(templateOf(unnamed))).toEqual([]);
    expect(resources(unnamed).resource).not.toHaveProperty('aws_vpc_security_group_ingress_rule');
  });
});

describe('homes on disks', () => {
  it('bring nothing of EFS', () => {
    const text = JSON.stringify([templateOf(prod).toJSON(), resources(prod)]);
    expect(text).not.toMatch(/efs|elasticfilesystem|2049/i);
  });
});

function toMountTargets(of: Template) {
  return Object.values(of.findResources('AWS::EC2::SecurityGroupIngress'))
    .map(({ Properties }) => Properties)
    .filter(({ GroupId }) => GroupId === homes.securityGroup);
}

/** main.tf.json; a slip in a path fails the test. */
// biome-ignore lint/suspicious/noExplicitAny: any file of Terraform
function resources(of: Cluster): any {
  return JSON.parse(terraformOf(of).get('main.tf.json') ?? '');
}
