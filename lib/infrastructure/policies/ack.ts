import { LABEL, tenantRole } from '../../model/names';
import type { Cluster } from '../../model/platform';
import { allow, arn, bucketArn, globalArn, type Place, type Statement } from '../statement';

// What goes from Git stays in AWS (deletionPolicy retain), but for the rights of tenants' pods and members.

/** ACK for EKS: associations and access entries of this cluster, for the role of tenants. */
export function ackEks({ name: cluster }: Cluster, place: Place): Statement[] {
  const below = (kind: string) => arn(place, 'eks', `${kind}/${cluster}/*`);
  const on = arn(place, 'eks', `cluster/${cluster}`);
  return [
    allow(['eks:DescribeCluster'], [on]),
    allow(
      [
        'eks:CreatePodIdentityAssociation',
        'eks:ListPodIdentityAssociations',
        'eks:DescribePodIdentityAssociation',
        'eks:UpdatePodIdentityAssociation',
        'eks:TagResource',
        'eks:UntagResource',
        'eks:ListTagsForResource',
      ],
      [on, below('podidentityassociation')],
    ),
    allow(
      ['eks:ListAccessEntries', 'eks:DescribeAccessEntry', 'eks:ListAssociatedAccessPolicies'],
      [on, below('access-entry')],
    ),
    // Plain entries only: an entry with a Kubernetes group of ours, never with a policy of EKS such as cluster-admin.
    allow(['eks:CreateAccessEntry', 'eks:UpdateAccessEntry'], [on, below('access-entry')], {
      StringEqualsIfExists: { 'eks:accessEntryType': 'STANDARD' },
      'ForAllValues:StringLike': { 'eks:kubernetesGroups': ['tenantry:*'] },
    }),
    // A right that left Git must end in AWS too; what the bootstrap made has no such tag.
    allow(
      ['eks:DeletePodIdentityAssociation', 'eks:DeleteAccessEntry'],
      [below('podidentityassociation'), below('access-entry')],
      { StringLike: { [`aws:ResourceTag/${LABEL.tenant}`]: '*' } },
    ),
    allow(['iam:PassRole', 'iam:GetRole'], [globalArn(place, 'iam', `role/${tenantRole(cluster)}`)]),
  ];
}

/** ACK for IAM: roles below the cluster's own path, and only with the boundary that keeps them to the data bucket. */
export function ackIam({ name: cluster }: Cluster, place: Place): Statement[] {
  const own = (kind: string) => globalArn(place, 'iam', `${kind}/tenantry/${cluster}/*`);
  const boundary = globalArn(place, 'iam', `policy/${tenantRole(cluster)}-boundary`);
  return [
    allow(
      [
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListRolePolicies',
        'iam:ListAttachedRolePolicies',
        'iam:ListRoleTags',
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:ListPolicyVersions',
        'iam:ListPolicyTags',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:TagPolicy',
        'iam:UntagPolicy',
        'iam:UpdateRole',
        'iam:UpdateAssumeRolePolicy',
        'iam:CreatePolicy',
        'iam:CreatePolicyVersion',
        'iam:DeletePolicyVersion',
      ],
      [own('role'), own('policy')],
    ),
    allow(
      [
        'iam:CreateRole',
        'iam:PutRolePolicy',
        'iam:AttachRolePolicy',
        'iam:DetachRolePolicy',
        'iam:PutRolePermissionsBoundary',
      ],
      [own('role')],
      { StringEquals: { 'iam:PermissionsBoundary': boundary } },
    ),
  ];
}

/** ACK for S3: buckets whose name starts with the cluster's, without the objects in them. */
export function ackS3({ name: cluster }: Cluster, place: Place): Statement[] {
  return [
    allow(
      [
        'BucketTagging',
        'BucketVersioning',
        'EncryptionConfiguration',
        'LifecycleConfiguration',
        'BucketPublicAccessBlock',
        'BucketOwnershipControls',
        'BucketPolicy',
      ].flatMap((what) => [`s3:Get${what}`, `s3:Put${what}`]),
      [bucketArn(place, `${cluster}-*`)],
    ),
    allow(
      ['s3:CreateBucket', 's3:ListBucket', 's3:GetBucketLocation', ...READ.map((what) => `s3:Get${what}`)],
      [bucketArn(place, `${cluster}-*`)],
    ),
    allow(['s3:ListAllMyBuckets'], ['*']),
  ];
}

/** The controller compares the whole bucket (1.10, sdk.go). */
const READ = [
  'AccelerateConfiguration',
  'AnalyticsConfiguration',
  'BucketAcl',
  'BucketCORS',
  'BucketLogging',
  'BucketNotification',
  'BucketRequestPayment',
  'BucketWebsite',
  'IntelligentTieringConfiguration',
  'InventoryConfiguration',
  'MetricsConfiguration',
  'ReplicationConfiguration',
];
