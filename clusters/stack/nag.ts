/** Findings of cdk-nag's AwsSolutions that stay, one by one: where, which rule, why. `*` stands for the cluster. */
const ACCEPTED: readonly (readonly [path: string, rule: string, reason: string])[] = [
  ['Backup/Role', 'IAM4', 'the policy that AWS keeps for its own service'],
  ['ControlPlane/Cluster/Role', 'IAM4', 'EKS asks for its own policy, and changes it with new features'],
  ['NodeGroups/Role', 'IAM4', 'policies of EKS and SSM for nodes; EKS refuses nodes without the first'],
  ['Karpenter/NodeRole', 'IAM4', 'the same policies of EKS and SSM for the nodes of Karpenter'],
  ['ArgoCd/Kubectl/Handler', 'IAM4', 'the role of the kubectl handler is written by the CDK'],
  ['ArgoCd/Kubectl/Handler', 'L1', 'the CDK chooses the runtime of its handler'],
  ['ArgoCd/Kubectl/Provider', 'IAM4', 'the role of the provider framework is written by the CDK'],
  ['ArgoCd/Kubectl/Provider', 'IAM5', 'the framework may call every version of the one handler'],
  ['ArgoCd/Repository/Handler', 'IAM4', 'logs and network interfaces of a function in a VPC'],
  ['ArgoCd/Repository/Provider', 'IAM4', 'the role of the provider framework is written by the CDK'],
  ['ArgoCd/Repository/Provider', 'IAM5', 'the framework may call every version of the one handler'],
  ['Data/Bucket', 'S1', 'who reads what is told by data events of the account’s CloudTrail'],
  [
    'Karpenter/Interruptions',
    'SQS3',
    'a notice that nobody read within five minutes is of no use to anybody',
  ],
  ['PodIdentity/*-ebs-csi-controller-sa-role', 'IAM4', 'the policy that AWS keeps for its own driver'],
  ['PodIdentity/*-efs-csi-controller-sa-role', 'IAM4', 'the policy that AWS keeps for its own driver'],
  [
    'PodIdentity/*-karpenter-role',
    'IAM5',
    'fenced by the tags of the cluster and its node pools; reading has no resources',
  ],
  [
    'PodIdentity/*-aws-load-balancer-controller-role',
    'IAM5',
    'fenced by the tag of the cluster; reading has no resources',
  ],
  [
    'PodIdentity/*-external-dns-role',
    'IAM5',
    'fenced by the names of records; the zone is one where spec.dns.zoneId is set',
  ],
  [
    'PodIdentity/*-cert-manager-role',
    'IAM5',
    'fenced by the one TXT record; the zone is one where spec.dns.zoneId is set',
  ],
  ['PodIdentity/*-external-secrets-role', 'IAM5', 'secrets below the prefix of the cluster'],
  [
    'PodIdentity/*-ack-eks-controller-role',
    'IAM5',
    'ids of associations and entries are random, the cluster is named',
  ],
  ['PodIdentity/*-ack-iam-controller-role', 'IAM5', 'the path is the cluster’s, and the boundary holds'],
  [
    'PodIdentity/*-ack-s3-controller-role',
    'IAM5',
    'names that start with the cluster’s; a list of buckets has no resource',
  ],
  ['PodIdentity/*-tenant-role', 'IAM5', 'the own prefix of each tenant, told by the tags of the session'],
  ['PodIdentity/Boundary', 'IAM5', 'a bound, not a grant'],
];

/** The part of the CDK's validation-report.json that is read here. */
export interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly {
      readonly ruleName: string;
      readonly description: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** Findings that no entry accepts, and entries that accept nothing, as lines. */
export function judge({ pluginReports }: Report): { refused: string[]; accepted: number; unused: string[] } {
  const used = new Set<(typeof ACCEPTED)[number]>();
  const refused: string[] = [];
  let accepted = 0;
  const violations = pluginReports.filter(({ pluginName }) => pluginName === 'AwsSolutions');
  for (const { ruleName, description, violatingConstructs } of violations.flatMap((one) => one.violations)) {
    for (const { constructPath } of violatingConstructs) {
      const entry = ACCEPTED.find((one) => accepts(one, constructPath, ruleName));
      if (entry === undefined) refused.push(`${constructPath}: ${ruleName}: ${description}`);
      else {
        used.add(entry);
        accepted += 1;
      }
    }
  }
  const unused = ACCEPTED.filter((entry) => !used.has(entry)).map(([path, rule]) => `${path} ${rule}`);
  return { refused, accepted, unused };
}

/** The construct itself or what is below it; the rule with whatever it found. */
function accepts([path, rule]: (typeof ACCEPTED)[number], construct: string, ruleName: string): boolean {
  const [stack = ''] = construct.split('/');
  const own = `${stack}/${path.replace('*', stack)}`;
  const [base = ''] = ruleName.split('[');
  return base === `AwsSolutions-${rule}` && (construct === own || construct.startsWith(`${own}/`));
}
