import { describe, expect, it } from '@jest/globals';
import { judge, type Report } from '../../clusters/stack/nag';

const report = (constructPath: string, ruleName: string): Report => ({
  pluginReports: [
    {
      pluginName: 'AwsSolutions',
      violations: [{ ruleName, description: 'wildcard', violatingConstructs: [{ constructPath }] }],
    },
  ],
});

describe('findings of cdk-nag', () => {
  it.each([
    ['prod/PodIdentity/prod-karpenter-role', 'AwsSolutions-IAM5[Resource::*]'],
    ['staging/PodIdentity/staging-karpenter-role', 'AwsSolutions-IAM5[Resource::*]'],
    ['prod/Data/Bucket/Resource', 'AwsSolutions-S1'],
  ])('are accepted where a reason stands: %s %s', (path, rule) => {
    expect(judge(report(path, rule))).toMatchObject({ refused: [], accepted: 1 });
  });

  it.each([
    ['another rule there', 'prod/Data/Bucket/Resource', 'AwsSolutions-S2'],
    ['the same rule elsewhere', 'prod/Karpenter/NodeRole/Resource', 'AwsSolutions-IAM5[Action::s3:*]'],
    [
      'a role of another cluster',
      'prod/PodIdentity/staging-karpenter-role',
      'AwsSolutions-IAM5[Resource::*]',
    ],
    ['a path that only starts alike', 'prod/Data/Bucket2/Resource', 'AwsSolutions-S1'],
  ])('are refused: %s', (_what, path, rule) => {
    expect(judge(report(path, rule))).toMatchObject({ refused: [`${path}: ${rule}: wildcard`], accepted: 0 });
  });

  it('tell what is accepted and not found', () => {
    expect(judge({ pluginReports: [] }).unused).toContain('Data/Bucket S1');
  });
});
