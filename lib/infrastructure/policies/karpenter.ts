import { interruptionQueue, nodeRole } from '../../model/names';
import type { Cluster } from '../../model/platform';
import { allow, arn, globalArn, type Place, type Statement } from '../statement';

/**
 * What Karpenter 1.14 does in AWS (its CloudFormation reference, read 2026-11-25): nodes that carry the cluster's tags,
 * instance profiles of the one node role, and its own queue.
 */
export function karpenter(cluster: Cluster, place: Place): Statement[] {
  return [...nodes(cluster, place), ...profiles(cluster, place), ...reading(cluster, place)];
}

function nodes({ name: cluster, spec }: Cluster, place: Place): Statement[] {
  const { partition } = place;
  const { region } = spec;
  const own = { [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: 'owned' };
  const requested = {
    [`aws:RequestTag/kubernetes.io/cluster/${cluster}`]: 'owned',
    'aws:RequestTag/eks:eks-cluster-name': cluster,
  };
  const ec2 = (...kinds: string[]) => kinds.map((kind) => `arn:${partition}:ec2:${region}:*:${kind}/*`);
  const created = ec2(
    'fleet',
    'instance',
    'volume',
    'network-interface',
    'launch-template',
    'spot-instances-request',
  );
  return [
    allow(
      ['ec2:RunInstances', 'ec2:CreateFleet'],
      [
        `arn:${partition}:ec2:${region}::image/*`,
        `arn:${partition}:ec2:${region}::snapshot/*`,
        ...ec2('security-group', 'subnet', 'capacity-reservation'),
      ],
    ),
    allow(['ec2:RunInstances', 'ec2:CreateFleet'], ec2('launch-template'), {
      StringEquals: own,
      StringLike: { 'aws:ResourceTag/karpenter.sh/nodepool': '*' },
    }),
    allow(['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:CreateLaunchTemplate'], created, {
      StringEquals: requested,
      StringLike: { 'aws:RequestTag/karpenter.sh/nodepool': '*' },
    }),
    allow(['ec2:CreateTags'], created, {
      StringEquals: {
        ...requested,
        'ec2:CreateAction': ['RunInstances', 'CreateFleet', 'CreateLaunchTemplate'],
      },
      StringLike: { 'aws:RequestTag/karpenter.sh/nodepool': '*' },
    }),
    allow(['ec2:CreateTags'], ec2('instance'), {
      StringEquals: own,
      StringLike: { 'aws:ResourceTag/karpenter.sh/nodepool': '*' },
      StringEqualsIfExists: { 'aws:RequestTag/eks:eks-cluster-name': cluster },
      'ForAllValues:StringEquals': {
        'aws:TagKeys': ['eks:eks-cluster-name', 'karpenter.sh/nodeclaim', 'Name'],
      },
    }),
    allow(['ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate'], ec2('instance', 'launch-template'), {
      StringEquals: own,
      StringLike: { 'aws:ResourceTag/karpenter.sh/nodepool': '*' },
    }),
  ];
}

function profiles({ name: cluster, spec }: Cluster, place: Place): Statement[] {
  const tags = (kind: 'RequestTag' | 'ResourceTag') => ({
    [`aws:${kind}/kubernetes.io/cluster/${cluster}`]: 'owned',
    [`aws:${kind}/topology.kubernetes.io/region`]: spec.region,
  });
  const named = { 'aws:RequestTag/eks:eks-cluster-name': cluster };
  const classed = (kind: 'RequestTag' | 'ResourceTag') => ({
    [`aws:${kind}/karpenter.k8s.aws/ec2nodeclass`]: '*',
  });
  const all = [globalArn(place, 'iam', 'instance-profile/*')];
  return [
    allow(['iam:PassRole'], [globalArn(place, 'iam', `role/${nodeRole(cluster)}`)], {
      StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] },
    }),
    allow(['iam:CreateInstanceProfile'], all, {
      StringEquals: { ...tags('RequestTag'), ...named },
      StringLike: classed('RequestTag'),
    }),
    allow(['iam:TagInstanceProfile'], all, {
      StringEquals: { ...tags('ResourceTag'), ...tags('RequestTag'), ...named },
      StringLike: { ...classed('ResourceTag'), ...classed('RequestTag') },
    }),
    allow(
      ['iam:AddRoleToInstanceProfile', 'iam:RemoveRoleFromInstanceProfile', 'iam:DeleteInstanceProfile'],
      all,
      { StringEquals: tags('ResourceTag'), StringLike: classed('ResourceTag') },
    ),
    allow(['iam:GetInstanceProfile'], all),
  ];
}

function reading({ name: cluster, spec }: Cluster, place: Place): Statement[] {
  const queue = arn(place, 'sqs', interruptionQueue(cluster));
  const what = [
    'CapacityReservations',
    'Images',
    'Instances',
    'InstanceStatus',
    'InstanceTypeOfferings',
    'InstanceTypes',
    'LaunchTemplates',
    'PlacementGroups',
    'SecurityGroups',
    'SpotPriceHistory',
    'Subnets',
  ];
  return [
    allow(['eks:DescribeCluster'], [arn(place, 'eks', `cluster/${cluster}`)]),
    allow(['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'], [queue]),
    allow(
      what.map((name) => `ec2:Describe${name}`),
      ['*'],
      { StringEquals: { 'aws:RequestedRegion': spec.region } },
    ),
    allow(['ssm:GetParameter'], [`arn:${place.partition}:ssm:${spec.region}::parameter/aws/service/*`]),
    allow(['pricing:GetProducts', 'iam:ListInstanceProfiles'], ['*']),
  ];
}
