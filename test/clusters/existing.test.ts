import { describe, expect, it, jest } from '@jest/globals';
import { clusterWith } from './cluster';
import { templateOf } from './synthesize';

jest.setTimeout(120_000);

const SECURITY_GROUP = 'sg-0a1b2c3d4e5f60718';
const SUBNETS = ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'];
const template = templateOf(
  clusterWith({
    'spec.controlPlane': { existing: { securityGroup: SECURITY_GROUP } },
    'spec.network.vpc': {
      id: 'vpc-0a1b2c3d4e5f60718',
      privateSubnets: SUBNETS,
      controlPlaneSubnets: ['subnet-0a1b2c3d4e5f60713', 'subnet-0a1b2c3d4e5f60714'],
    },
  }),
);

describe('the stack of a cluster that exists', () => {
  it.each([
    'AWS::EC2::VPC',
    'AWS::EC2::Subnet',
    'AWS::EKS::Cluster',
    'AWS::EKS::Nodegroup',
    'AWS::EKS::Addon',
  ])('makes no %s', (type) => template.resourceCountIs(type, 0));

  it.each([
    ['AWS::EKS::PodIdentityAssociation', 9],
    ['AWS::SQS::Queue', 1],
    ['AWS::S3::Bucket', 1],
    // Karpenter's nodes, and what installs Argo CD.
    ['AWS::EKS::AccessEntry', 2],
    ['Custom::AWSCDK-EKS-HelmChart', 1],
  ])('adds what the platform needs: %s', (type, count) => template.resourceCountIs(type, count));

  it('installs Argo CD from the nodes’ subnets, through the security group of the cluster', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'onEvent handler for EKS kubectl resource provider',
      VpcConfig: { SecurityGroupIds: [SECURITY_GROUP], SubnetIds: SUBNETS },
    });
    expect(JSON.stringify(template.toJSON())).not.toContain('subnet-0a1b2c3d4e5f60713');
  });
});
