import { describe, expect, it } from '@jest/globals';
import { identitiesOf } from '../../lib/infrastructure/identities';
import { subnetsOf } from '../../lib/infrastructure/subnets';
import { terraformOf } from '../../lib/infrastructure/terraform/main';
import { MODULES, type Module } from '../../lib/infrastructure/terraform/modules';
import { ref } from '../../lib/infrastructure/terraform/reference';
import { declaredVariables, unknownVariables } from '../../lib/infrastructure/terraform/variables';
import { dataBucket } from '../../lib/model/names';
import { clusterWith } from './cluster';

const cluster = clusterWith({
  'spec.git.secret': 'tenantry/git',
  'spec.controlPlane': { admins: ['arn:aws:iam::111122223333:role/platform'], publicCidrs: ['192.0.2.0/24'] },
  'spec.gpuNodes': { gpu: 'l4', instanceType: 'g6.xlarge', count: 2 },
  'spec.addons': { coredns: 'v1.12.1-eksbuild.2' },
});
const main = parse(cluster);
const EXISTING = {
  id: 'vpc-0a1b2c3d4e5f60718',
  privateSubnets: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'],
  controlPlaneSubnets: ['subnet-0a1b2c3d4e5f60713', 'subnet-0a1b2c3d4e5f60714'],
};

describe('the Terraform of a cluster', () => {
  it('sets only variables that the pinned modules have, with a list that has nothing else', () => {
    const unused = (name: keyof typeof MODULES) =>
      Object.keys(MODULES[name].variables).filter((variable) => !(variable in main.module[name]));
    for (const [name, module] of Object.entries(MODULES)) {
      expect(unknownVariables(main.module[name], module)).toEqual([]);
      expect(unused(name as keyof typeof MODULES)).toEqual([]);
    }
  });

  it.each([
    ['eks', { cluster_name: 'main' }, ['cluster_name']],
    ['vpc', { enable_nat: true }, ['enable_nat']],
    ['eks', { addons: { coredns: { version: 'v1' } } }, ['addons.version']],
    [
      'eks',
      { eks_managed_node_groups: { system: { taints: { a: { effects: 'NO_SCHEDULE' } } } } },
      ['eks_managed_node_groups.effects'],
    ],
  ] as const)('notices a wrong name in %s: %j', (name, wrong, found) => {
    expect(unknownVariables({ ...main.module[name], ...wrong }, MODULES[name] as Module)).toEqual(found);
  });

  it('is compared with what the text of a module declares', () => {
    const declared = declaredVariables(`variable "addons" {
  type = map(object({
    addon_version = optional(string)
  }))
  default = null
}

variable "name" {
  type = string
}
`);
    expect([...declared.keys()]).toEqual(['addons', 'name']);
    expect(declared.get('addons')?.has('addon_version')).toBe(true);
    expect(declared.get('addons')?.has('version')).toBe(false);
  });

  it('has the subnets, roles and bucket of the model that the CDK stack is made of', () => {
    const { public_subnets, private_subnets, intra_subnets } = main.module.vpc;
    expect([...public_subnets, ...private_subnets, ...intra_subnets]).toEqual(
      subnetsOf(cluster.spec).map(({ cidr }) => cidr),
    );
    const place = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
    const roles = identitiesOf(cluster, place).map(({ role }) => role);
    expect(Object.keys(main.resource.aws_iam_role)).toEqual([...roles, 'karpenter-node', 'backup']);
    expect(main.resource.aws_s3_bucket.data.bucket).toBe(dataBucket(cluster.spec));
  });

  it('leaves what IAM puts in to IAM, and nothing else', () => {
    const { policy } = main.resource.aws_iam_role_policy['main-tenant'];
    expect(policy).toContain(
      '/$${aws:PrincipalTag/eks-cluster-name}/$${aws:PrincipalTag/kubernetes-namespace}/*',
    );
    expect(policy).toContain(`arn:${ref('data.aws_partition.current.partition')}:s3:::data-ml-example-com`);
    expect(JSON.stringify(main)).not.toMatch(/[^$]\$\{aws:/);
  });

  it('makes neither VPC nor cluster where both exist, and refers to them by what the file says', () => {
    const adopted = parse(
      clusterWith({
        'spec.network.vpc': EXISTING,
        'spec.controlPlane': { existing: { securityGroup: 'sg-0a1b2c3d4e5f60718' } },
      }),
    );
    expect(adopted.module).toEqual({});
    expect(adopted.resource.aws_eks_pod_identity_association['main-karpenter'].cluster_name).toBe('main');
    expect(JSON.stringify(adopted)).not.toContain('module.');
  });
});

/** main.tf.json; a slip in a path fails the test. */
// biome-ignore lint/suspicious/noExplicitAny: any file of Terraform
function parse(of: typeof cluster): any {
  return JSON.parse(terraformOf(of).get('main.tf.json') ?? '');
}
