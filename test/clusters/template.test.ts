import { describe, expect, it, jest } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { subnetsOf } from '../../lib/infrastructure/subnets';
import { clusterWith } from './cluster';
import { templateOf } from './synthesize';

jest.setTimeout(120_000);

const cluster = clusterWith({
  'spec.git.secret': 'tenantry/git',
  'spec.dns': { zoneId: 'Z0123456789' },
  'spec.controlPlane': { admins: ['arn:aws:iam::111122223333:role/platform'] },
  'spec.gpuNodes': { gpu: 'l4', instanceType: 'g6.xlarge', count: 2 },
  'spec.addons': { 'vpc-cni': 'v1.21.1-eksbuild.1' },
});
const template = templateOf(cluster);

const of = (type: string) => Object.values(template.findResources(type)).map(({ Properties }) => Properties);
const tagged = (key: string) =>
  Object.fromEntries(
    Object.values(template.toJSON().Resources as Record<string, { Properties?: { Tags?: Tag[] } }>).flatMap(
      ({ Properties = {} }) =>
        (Array.isArray(Properties.Tags) ? Properties.Tags : [])
          .filter(({ Key }) => Key === key)
          .map(({ Value }) => [JSON.stringify({ ...Properties, Tags: undefined }), Value]),
    ),
  );
interface Tag {
  readonly Key: string;
  readonly Value: string;
}

describe('the network', () => {
  it('has the subnets of the cluster file, each in its zone', () => {
    const made = of('AWS::EC2::Subnet').map(
      ({ AvailabilityZone, CidrBlock }) => `${AvailabilityZone} ${CidrBlock}`,
    );
    expect(made.sort()).toEqual(
      subnetsOf(cluster.spec)
        .map(({ zone, cidr }) => `${zone} ${cidr}`)
        .sort(),
    );
    expect(made).toContain('eu-west-1b 10.0.255.16/28');
  });

  it('shows Karpenter the private subnets and the node security group, the load balancer controller its VPC', () => {
    const found = Object.keys(tagged('karpenter.sh/discovery')).map((properties) => JSON.parse(properties));
    expect(found.flatMap(({ CidrBlock }) => CidrBlock ?? []).sort()).toEqual([
      '10.0.0.0/16',
      '10.0.0.0/18',
      '10.0.64.0/18',
    ]);
    expect(found.filter(({ GroupDescription }) => GroupDescription !== undefined)).toHaveLength(1);
  });

  it('has endpoints for S3, ECR and STS in the subnets that tenants without internet may reach', () => {
    const endpoints = of('AWS::EC2::VPCEndpoint').filter(
      ({ VpcEndpointType }) => VpcEndpointType === 'Interface',
    );
    expect(endpoints).toHaveLength(4);
    for (const { SubnetIds } of endpoints) {
      expect(JSON.stringify(SubnetIds)).toMatch(/endpointsSubnet1/);
      expect(JSON.stringify(SubnetIds)).not.toMatch(/private|public|control/);
    }
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: 'AllResolvers' },
    });
    template.resourceCountIs('AWS::EC2::NatGateway', 2);
  });
});

describe('the control plane', () => {
  it('is private, encrypted, logged, in its own subnets, without Auto Mode', () => {
    const [properties] = of('AWS::EKS::Cluster');
    expect(properties).toMatchObject({
      Name: 'main',
      Version: '1.36',
      AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false },
      BootstrapSelfManagedAddons: false,
      ComputeConfig: { Enabled: false },
      EncryptionConfig: [{ Resources: ['secrets'] }],
      KubernetesNetworkConfig: { ServiceIpv4Cidr: '172.20.0.0/16' },
      ResourcesVpcConfig: { EndpointPrivateAccess: true, EndpointPublicAccess: false },
    });
    expect(properties?.Logging.ClusterLogging.EnabledTypes.map(({ Type }: { Type: string }) => Type)).toEqual(
      ['api', 'audit', 'authenticator'],
    );
    expect(JSON.stringify(properties?.ResourcesVpcConfig.SubnetIds)).not.toMatch(/private|public|endpoints/);
  });

  it('admits the admins of the cluster file, Karpenter nodes, and what installs Argo CD', () => {
    const entries = of('AWS::EKS::AccessEntry').map(({ PrincipalArn, Type, AccessPolicies = [] }) => ({
      who: typeof PrincipalArn === 'string' ? PrincipalArn : JSON.stringify(PrincipalArn),
      Type,
      policies: JSON.stringify(AccessPolicies).match(/AmazonEKS\w+|"namespaces?"|argocd/gi) ?? [],
    }));
    expect(entries.find(({ Type }) => Type === 'EC2_LINUX')?.policies).toEqual([]);
    expect(entries.find(({ who }) => who.endsWith(':role/platform'))?.policies).toEqual([
      'AmazonEKSClusterAdminPolicy',
    ]);
    expect(entries.find(({ who }) => who.includes('Repository'))?.policies.sort()).toEqual([
      '"Namespaces"',
      '"namespace"',
      'AmazonEKSEditPolicy',
      'argocd',
    ]);
    expect(entries).toHaveLength(4);
  });

  it('has add-ons before nodes, nodes before the other add-ons', () => {
    const addon = (name: string) =>
      Object.values(template.findResources('AWS::EKS::Addon', { Properties: { AddonName: name } }))[0];
    expect(addon('vpc-cni')?.Properties).toMatchObject({ AddonVersion: 'v1.21.1-eksbuild.1' });
    expect(JSON.parse(addon('vpc-cni')?.Properties.ConfigurationValues)).toEqual({
      enableNetworkPolicy: 'false',
      env: { ANNOTATE_POD_IP: 'true' },
    });
    const groups = template.findResources('AWS::EKS::Nodegroup');
    const [system = ''] = Object.keys(groups).filter((id) => /system/i.test(id));
    expect(JSON.stringify(groups[system]?.DependsOn)).toMatch(/vpccni/);
    expect(addon('coredns')?.DependsOn).toContain(system);
    expect(JSON.parse(addon('aws-mountpoint-s3-csi-driver')?.Properties.ConfigurationValues)).toEqual({
      node: { tolerateAllTaints: true },
    });
  });

  it('has a tainted system group and the static GPU nodes, with disks encrypted and metadata out of reach', () => {
    template.hasResourceProperties('AWS::EKS::Nodegroup', {
      NodegroupName: 'system',
      Version: '1.36',
      AmiType: 'AL2023_x86_64_STANDARD',
      ScalingConfig: { MinSize: 2, MaxSize: 4 },
      Taints: [{ Key: 'CriticalAddonsOnly', Effect: 'NO_SCHEDULE' }],
    });
    template.hasResourceProperties('AWS::EKS::Nodegroup', {
      NodegroupName: 'gpu-l4',
      AmiType: 'AL2023_x86_64_NVIDIA',
      ScalingConfig: { MinSize: 2, MaxSize: 2 },
      Labels: { 'tenantry.dev/gpu-type': 'l4' },
      Taints: [{ Key: 'nvidia.com/gpu', Value: 'l4', Effect: 'NO_SCHEDULE' }],
    });
    template.allResourcesProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        BlockDeviceMappings: [{ Ebs: Match.objectLike({ Encrypted: true, VolumeType: 'gp3' }) }],
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      },
    });
  });
});

describe('what holds data', () => {
  it('is encrypted, versioned, private, TLS only, and stays when the stack goes', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketName: 'data-ml-example-com',
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: Match.anyValue(),
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('has its policy after the role that the policy names', () => {
    const [policy] = Object.values(template.findResources('AWS::S3::BucketPolicy'));
    const role = template.findResources('AWS::IAM::Role', { Properties: { RoleName: 'main-tenant' } });
    expect(policy?.DependsOn).toEqual(expect.arrayContaining(Object.keys(role)));
  });

  it('gives a dataset to its readers only', () => {
    const [policy] = of('AWS::S3::BucketPolicy');
    const readers = policy?.PolicyDocument.Statement.filter(
      ({ Action }: { Action: string }) => Action === 's3:GetObject',
    ).map(({ Resource, Condition }: { Resource: unknown; Condition: object }) => [
      JSON.stringify(Resource).match(/datasets\/\w+\/\*/)?.[0],
      Condition,
    ]);
    const here = { 'aws:PrincipalTag/eks-cluster-name': 'main' };
    expect(readers).toEqual([
      ['datasets/mnist/*', { StringEquals: here }],
      ['datasets/scans/*', { StringEquals: { ...here, 'aws:PrincipalTag/kubernetes-namespace': ['red'] } }],
    ]);
  });
});

describe('Argo CD', () => {
  it('comes with the chart and values of dist/, then its credentials, then the roots at the pinned revision', () => {
    const [[chartId = '', chart] = []] = Object.entries(
      template.findResources('Custom::AWSCDK-EKS-HelmChart'),
    );
    expect(chart?.Properties).toMatchObject({ Release: 'argo-cd', Namespace: 'argocd', Chart: 'argo-cd' });
    const coredns = template.findResources('AWS::EKS::Addon', { Properties: { AddonName: 'coredns' } });
    expect(chart?.DependsOn).toEqual(expect.arrayContaining(Object.keys(coredns)));
    const [[credentialsId = '', credentials] = []] = Object.entries(
      template.findResources('Custom::RepositoryCredentials'),
    );
    expect(credentials?.DependsOn).toContain(chartId);
    const manifests = Object.values(template.findResources('Custom::AWSCDK-EKS-KubernetesResource'));
    const roots = manifests.find(({ Properties }) =>
      JSON.stringify(Properties.Manifest).includes('AppProject'),
    );
    expect(roots?.DependsOn).toEqual(expect.arrayContaining([chartId, credentialsId]));
    expect(JSON.stringify(roots)).toContain('\\"targetRevision\\":\\"main\\"');
  });

  it('reads one secret, which no template and no event holds', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain('{{resolve');
    const [credentials] = of('Custom::RepositoryCredentials');
    expect(credentials).toMatchObject({ secret: 'tenantry/git', cluster: 'main' });
  });
});
