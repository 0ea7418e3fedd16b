import { dataBucket, interruptionQueue, nodeRole, tenantRole } from '../../model/names';
import type { Cluster } from '../../model/platform';
import { KEEP_OLD_VERSIONS } from '../data-bucket';
import { identitiesOf } from '../identities';
import { INTERRUPTIONS, RETENTION } from '../interruptions';
import { NODE_POLICIES } from '../node-groups';
import { datasetReaders, tenantBoundary } from '../policies/tenant';
import { allow, type Place, type Statement } from '../statement';
import { backup } from './backup';
import { controlPlaneOf } from './eks';
import { nfs } from './nfs';
import { policy } from './policy';
import { ref } from './reference';

/** Attributes of resources, by type and name. */
export type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** Puts text in when Terraform runs. */
const PLACE = (region: string): Place => ({
  partition: ref('data.aws_partition.current.partition'),
  region,
  account: ref('data.aws_caller_identity.current.account_id'),
});

/** Everything that no module makes: roles and their associations, Karpenter's queue, the data bucket, the backup, the way to homes on EFS. */
export function resourcesOf(cluster: Cluster): Resources {
  const place = PLACE(cluster.spec.region);
  const all = [
    identity(cluster, place),
    karpenter(cluster, place),
    bucket(cluster, place),
    backup(cluster, place),
    nfs(cluster),
  ];
  const types = new Set(all.flatMap(Object.keys));
  return Object.fromEntries(
    [...types].map((type) => [type, Object.assign({}, ...all.map((part) => part[type]))]),
  );
}

function identity(cluster: Cluster, place: Place): Resources {
  const identities = identitiesOf(cluster, place);
  const managed = identities.flatMap(({ role, managedPolicies }) =>
    managedPolicies.map((name) => [
      `${role}-${name.slice(name.lastIndexOf('/') + 1)}`,
      {
        role: `\${aws_iam_role.${role}.name}`,
        policy_arn: `arn:${place.partition}:iam::aws:policy/${name}`,
      },
    ]),
  );
  return {
    aws_iam_role: Object.fromEntries(
      identities.map(({ role, trust }) => [role, { name: role, assume_role_policy: policy([trust]) }]),
    ),
    aws_iam_role_policy: Object.fromEntries(
      identities
        .filter(({ statements }) => statements.length > 0)
        .map(({ role, statements }) => [
          role,
          { name: 'least-privilege', role: `\${aws_iam_role.${role}.name}`, policy: policy(statements) },
        ]),
    ),
    aws_iam_role_policy_attachment: Object.fromEntries(managed),
    aws_iam_policy: {
      boundary: {
        name: `${tenantRole(cluster.name)}-boundary`,
        description: 'The most that a role made for a tenant can ever do',
        policy: policy(tenantBoundary(cluster, place)),
      },
    },
    aws_eks_pod_identity_association: Object.fromEntries(
      identities.flatMap(({ role, account }) =>
        account === undefined
          ? []
          : [
              [
                role,
                {
                  cluster_name: controlPlaneOf(cluster).name,
                  namespace: account.namespace,
                  service_account: account.name,
                  role_arn: `\${aws_iam_role.${role}.arn}`,
                },
              ],
            ],
      ),
    ),
  };
}

function karpenter(cluster: Cluster, place: Place): Resources {
  const queue = ref('aws_sqs_queue.interruptions.arn');
  const rules = Object.entries(INTERRUPTIONS);
  const trust: Statement = {
    Effect: 'Allow',
    Principal: { Service: ['ec2.amazonaws.com'] },
    Action: ['sts:AssumeRole'],
  };
  return {
    aws_iam_role: { 'karpenter-node': { name: nodeRole(cluster.name), assume_role_policy: policy([trust]) } },
    aws_iam_role_policy_attachment: Object.fromEntries(
      NODE_POLICIES.map((name) => [
        `karpenter-node-${name}`,
        {
          role: ref('aws_iam_role.karpenter-node.name'),
          policy_arn: `arn:${place.partition}:iam::aws:policy/${name}`,
        },
      ]),
    ),
    aws_eks_access_entry: {
      'karpenter-node': {
        cluster_name: controlPlaneOf(cluster).name,
        principal_arn: ref('aws_iam_role.karpenter-node.arn'),
        type: 'EC2_LINUX',
      },
    },
    aws_sqs_queue: {
      interruptions: {
        name: interruptionQueue(cluster.name),
        message_retention_seconds: RETENTION,
        sqs_managed_sse_enabled: true,
      },
    },
    aws_sqs_queue_policy: {
      interruptions: {
        queue_url: ref('aws_sqs_queue.interruptions.url'),
        policy: policy([
          { ...allow(['sqs:SendMessage'], [queue]), Principal: { Service: ['events.amazonaws.com'] } },
          denyWithoutTls('sqs:*', [queue]),
        ]),
      },
    },
    aws_cloudwatch_event_rule: Object.fromEntries(
      rules.map(([name, { source, detailType }]) => [
        name,
        { event_pattern: JSON.stringify({ source: [source], 'detail-type': [detailType] }) },
      ]),
    ),
    aws_cloudwatch_event_target: Object.fromEntries(
      rules.map(([name]) => [name, { rule: `\${aws_cloudwatch_event_rule.${name}.name}`, arn: queue }]),
    ),
  };
}

function bucket(cluster: Cluster, place: Place): Resources {
  const id = ref('aws_s3_bucket.data.id');
  const arn = ref('aws_s3_bucket.data.arn');
  return {
    aws_s3_bucket: { data: { bucket: dataBucket(cluster.spec), lifecycle: { prevent_destroy: true } } },
    aws_s3_bucket_versioning: { data: { bucket: id, versioning_configuration: { status: 'Enabled' } } },
    aws_s3_bucket_server_side_encryption_configuration: {
      data: { bucket: id, rule: { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } } },
    },
    aws_s3_bucket_public_access_block: {
      data: {
        bucket: id,
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    },
    aws_s3_bucket_lifecycle_configuration: {
      data: {
        bucket: id,
        rule: {
          id: 'old-versions',
          status: 'Enabled',
          filter: {},
          noncurrent_version_expiration: { noncurrent_days: KEEP_OLD_VERSIONS },
          abort_incomplete_multipart_upload: { days_after_initiation: 7 },
        },
      },
    },
    aws_s3_bucket_policy: {
      data: {
        bucket: id,
        policy: policy([denyWithoutTls('s3:*', [arn, `${arn}/*`]), ...datasetReaders(cluster, place)]),
        // A policy may name only a role that is there.
        depends_on: [`aws_iam_role.${tenantRole(cluster.name)}`],
      },
    },
  };
}

function denyWithoutTls(action: string, resources: readonly string[]): Statement {
  return {
    Effect: 'Deny',
    Principal: '*',
    Action: [action],
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
