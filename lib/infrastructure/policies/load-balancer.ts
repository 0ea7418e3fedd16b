import type { Cluster } from '../../model/platform';
import { allow, type Place, type Statement } from '../statement';

/** Tag of everything that the controller makes (v3.5, pkg/deploy/tracking); its value is the cluster. */
const TAG = 'elbv2.k8s.aws/cluster';

/**
 * What AWS Load Balancer Controller 3.5 does for Network Load Balancers: our values switch everything else off. It
 * touches what carries the cluster's tag only.
 */
export function loadBalancer({ name: cluster, spec }: Cluster, { partition, account }: Place): Statement[] {
  const elb = (...kinds: string[]) =>
    kinds.map((kind) => `arn:${partition}:elasticloadbalancing:${spec.region}:${account}:${kind}/*`);
  const groups = [`arn:${partition}:ec2:${spec.region}:${account}:security-group/*`];
  const requested = { StringEquals: { [`aws:RequestTag/${TAG}`]: cluster } };
  const own = { StringEquals: { [`aws:ResourceTag/${TAG}`]: cluster } };
  const rules = ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'];
  const balancers = elb('loadbalancer/net', 'targetgroup');
  return [
    allow(
      [...describe('ec2', EC2), 'ec2:GetSecurityGroupsForVpc', ...describe('elasticloadbalancing', ELB)],
      ['*'],
    ),
    allow(['iam:CreateServiceLinkedRole'], ['*'], {
      StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' },
    }),
    allow(['ec2:CreateSecurityGroup'], groups, requested),
    allow(['ec2:CreateSecurityGroup'], [`arn:${partition}:ec2:${spec.region}:${account}:vpc/*`]),
    allow(['ec2:CreateTags'], groups, {
      StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup', ...requested.StringEquals },
    }),
    allow([...rules, 'ec2:DeleteSecurityGroup'], groups, own),
    // Ingress from the load balancer to the nodes.
    allow(rules, groups, { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: 'owned' } }),
    allow(
      ['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup'],
      balancers,
      requested,
    ),
    allow(['elasticloadbalancing:AddTags'], [...balancers, ...elb('listener/net')], requested),
    allow(
      CHANGE.map((action) => `elasticloadbalancing:${action}`),
      [...balancers, ...elb('listener/net')],
      own,
    ),
  ];
}

const EC2 = [
  'AccountAttributes',
  'Addresses',
  'AvailabilityZones',
  'InternetGateways',
  'Instances',
  'NetworkInterfaces',
  'RouteTables',
  'SecurityGroups',
  'Subnets',
  'Tags',
  'Vpcs',
];
const ELB = [
  'CapacityReservation',
  'ListenerAttributes',
  'Listeners',
  'LoadBalancerAttributes',
  'LoadBalancers',
  'Tags',
  'TargetGroupAttributes',
  'TargetGroups',
  'TargetHealth',
];
const CHANGE = [
  'AddTags',
  'CreateListener',
  'DeleteListener',
  'DeleteLoadBalancer',
  'DeleteTargetGroup',
  'DeregisterTargets',
  'ModifyListener',
  'ModifyListenerAttributes',
  'ModifyLoadBalancerAttributes',
  'ModifyTargetGroup',
  'ModifyTargetGroupAttributes',
  'RegisterTargets',
  'RemoveTags',
  'SetIpAddressType',
  'SetSecurityGroups',
  'SetSubnets',
];

function describe(service: string, what: readonly string[]): string[] {
  return what.map((name) => `${service}:Describe${name}`);
}
