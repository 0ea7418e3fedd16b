import { describe, expect, it } from '@jest/globals';
import type { Statement } from '../../lib/infrastructure/statement';
import { terraformOf } from '../../lib/infrastructure/terraform/main';
import { unfit } from './authorization';
import { clusterWith } from './cluster';

const policies = policiesOf(
  clusterWith({ 'spec.git.secret': 'tenantry/git', 'spec.dns': { zoneId: 'Z0123456789' } }),
);

describe('policies', () => {
  it.each([...policies.keys()])('name what AWS has: %s', async (address) => {
    expect(await unfit(policies.get(address) ?? [])).toEqual([]);
  });

  it.each([
    ['main-karpenter', 'ec2:RunInstances', 'ec2:RunInstance', 'ec2:RunInstance: no such action'],
    ['main-ack-s3-controller', 's3:GetBucketCORS', 's3:GetBucketCors', 's3:GetBucketCors: no such action'],
    [
      'main-external-dns',
      'route53:ListHostedZones',
      'route52:ListHostedZones',
      'route52:ListHostedZones: no such action',
    ],
    [
      'main-external-dns',
      'NormalizedRecordNames',
      'RecordNames',
      'route53:ChangeResourceRecordSetsRecordNames: no such key',
    ],
    [
      'main-cert-manager',
      'ForAllValues:StringEquals',
      'StringEquals',
      'route53:ChangeResourceRecordSetsRecordTypes: has many values, not for StringEquals',
    ],
    ['main-tenant', 's3:prefix', 's3:max-keyes', 's3:max-keyes: no such key'],
    ['main-tenant', 's3:prefix', 's3:x-amz-acl', 's3:ListBucket: has no key s3:x-amz-acl'],
    [
      'main-external-secrets',
      ':secret:main/*',
      ':secrets:main/*',
      'arn:*:secretsmanager:eu-west-1:*:secrets:main/*: no action is about it',
    ],
    [
      'main-karpenter',
      ':instance-profile/*',
      ':instance-profiles/*',
      'iam:CreateInstanceProfile: is not about arn:*:iam::*:instance-profiles/*',
    ],
    [
      'main-ack-eks-controller',
      'aws:ResourceTag',
      'aws:RequestTag',
      'eks:DeleteAccessEntry: has no key aws:RequestTag/tenantry.dev/tenant',
    ],
    [
      'main-aws-load-balancer-controller',
      '/net/',
      '/net-x/',
      'elasticloadbalancing:ModifyListener: needs a listener too',
    ],
    ['main-karpenter', ':subnet/*', ':volume/*', 'ec2:RunInstances: needs a subnet too'],
  ])('with a slip do not: %s %s', async (name, from, to, found) => {
    const text = JSON.stringify(policies.get(`aws_iam_role_policy.${name}`));
    expect(text).toContain(from);
    expect(await unfit(JSON.parse(text.replaceAll(from, to)))).toContain(found);
  });
});

/** Every policy of main.tf.json, by the address of its resource; what Terraform or IAM puts in may be any text. */
function policiesOf(cluster: ReturnType<typeof clusterWith>): Map<string, readonly Statement[]> {
  const { resource } = JSON.parse(terraformOf(cluster).get('main.tf.json') ?? '');
  const all = Object.entries<Record<string, Record<string, string>>>(resource).flatMap(([type, byName]) =>
    Object.entries(byName).flatMap(([name, { policy, assume_role_policy }]) => {
      const text = policy ?? assume_role_policy;
      return text === undefined ? [] : [[`${type}.${name}`, text] as const];
    }),
  );
  return new Map(
    all.map(([address, text]) => [address, JSON.parse(text.replaceAll(/\$+\{[^}]*\}/g, '*')).Statement]),
  );
}
