import type { Template } from 'aws-cdk-lib/assertions';
import { overlap, toRange } from '../../lib/model/cidr';
import { DISCOVERY_TAG, LABEL } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import type { KubernetesObject } from '../../lib/render/manifest';

// Both give what the other side must have, as lines such as `queue prod`.

// biome-ignore lint/suspicious/noExplicitAny: objects of eight kinds and any template; a slip in a path fails the test
type Loose = Record<string, any>;

interface Spec {
  readonly spec: Loose;
}

/** What the objects of a cluster, and the values of the charts that they name, refer to in AWS. */
export function wanted(objects: readonly KubernetesObject[], { spec }: Cluster): string[] {
  return unique(
    objects.flatMap((object) => READERS[object.kind]?.(object as never, spec.network.vpcCidr) ?? []),
  );
}

interface StorageClass {
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** CSI drivers as manifests name them, by the EKS add-on that brings them. */
const DRIVERS: Readonly<Record<string, string>> = {
  'aws-ebs-csi-driver': 'ebs.csi.aws.com',
  'aws-efs-csi-driver': 'efs.csi.aws.com',
  'aws-mountpoint-s3-csi-driver': 's3.csi.aws.com',
};

const READERS: Readonly<Record<string, (object: Spec & KubernetesObject, vpc: string) => string[]>> = {
  EC2NodeClass: ({ spec }) => [
    `node role ${spec.role}`,
    ...tagLines('subnet', spec.subnetSelectorTerms[0].tags),
    ...tagLines('security group', spec.securityGroupSelectorTerms[0].tags),
  ],
  Application: ({ spec }) => valueLines(spec.source.helm?.valuesObject ?? {}, spec.destination.namespace),
  NodePool: ({ spec }) =>
    spec.template.spec.requirements
      .filter(({ key }: { key: string }) => key === 'topology.kubernetes.io/zone')
      .flatMap(({ values }: { values: string[] }) => values.map((zone) => `zone of nodes ${zone}`)),
  NetworkPolicy: ({ spec }, vpc) =>
    (spec.egress ?? [])
      .flatMap(({ to = [] }: { to?: { ipBlock?: { cidr: string } }[] }) => to)
      .flatMap(({ ipBlock }: { ipBlock?: { cidr: string } }) => ipBlock?.cidr ?? [])
      .filter((cidr: string) => cidr !== '0.0.0.0/0' && overlap(toRange(cidr), toRange(vpc)))
      .map((cidr: string) => `reachable range ${cidr}`),
  PodIdentityAssociation: ({ spec }) => [
    `cluster ${spec.clusterName}`,
    `tenant role ${spec.roleARN.slice(spec.roleARN.indexOf('/') + 1)}`,
  ],
  StorageClass: (object) => {
    const { provisioner, parameters } = object as unknown as StorageClass;
    return [
      `driver ${provisioner}`,
      `associated account kube-system/${provisioner.slice(0, 3)}-csi-controller-sa`,
      ...(parameters.fileSystemId === undefined ? [] : [`backup of file system ${parameters.fileSystemId}`]),
      ...Object.entries(parameters)
        .filter(([key]) => key.startsWith('tagSpecification_'))
        .map(([, tag]) => `backup of disks with tag ${tag}`),
    ];
  },
  PersistentVolume: ({ spec }) => [
    `bucket ${spec.csi.volumeAttributes.bucketName}`,
    `driver ${spec.csi.driver}`,
  ],
  ServiceAccount: ({ metadata }) =>
    // What runs as `default` gets no identity.
    metadata.labels?.[LABEL.tenant] === undefined || metadata.name === 'default'
      ? []
      : [`tenant account ${metadata.name}`],
};

function valueLines(values: Loose, namespace: string): string[] {
  const { clusterName, settings, vpcTags, serviceAccount, region, aws, env } = values;
  const cluster = clusterName ?? settings?.clusterName ?? values.txtOwnerId;
  const where =
    region ??
    aws?.region ??
    env?.find?.(({ name }: { name: string }) => name === 'AWS_DEFAULT_REGION')?.value;
  return [
    ...(cluster === undefined ? [] : [`cluster ${cluster}`]),
    ...(settings?.interruptionQueue === undefined ? [] : [`queue ${settings.interruptionQueue}`]),
    ...tagLines('VPC', vpcTags ?? {}),
    ...(serviceAccount?.name === undefined ? [] : [`associated account ${namespace}/${serviceAccount.name}`]),
    ...(where === undefined ? [] : [`region ${where}`]),
  ];
}

function tagLines(what: string, tags: Record<string, string>): string[] {
  return Object.entries(tags).map(([key, value]) => `${what} with tag ${key}=${value}`);
}

type Resource = { readonly Type: string; readonly Properties: Loose };

/** What a template makes of it. */
export function made(template: Template, region: string): string[] {
  const resources = Object.entries(template.toJSON().Resources as Record<string, Resource>);
  const of = (type: string) =>
    resources.filter(([, { Type }]) => Type === type).map(([, { Properties }]) => Properties);
  const tags = (type: string, what: string) =>
    of(type).flatMap(({ Tags = [] }) =>
      Tags.filter(({ Key }: Tag) => Key === DISCOVERY_TAG).map(
        ({ Key, Value }: Tag) => `${what} with tag ${Key}=${Value}`,
      ),
    );
  const roleOf = (arn: Record<string, string[]>) => {
    const [id] = arn['Fn::GetAtt'] ?? [];
    return resources.find(([name]) => name === id)?.[1].Properties.RoleName;
  };
  const subnets = (name: string) =>
    of('AWS::EC2::Subnet').filter(({ Tags }) =>
      Tags.some(({ Key, Value }: Tag) => Key === 'aws-cdk:subnet-name' && Value === name),
    );
  const tenantRoles = of('AWS::IAM::Role').filter(
    ({ RoleName }) => typeof RoleName === 'string' && RoleName.endsWith('-tenant'),
  );
  return unique([
    `region ${region}`,
    ...of('AWS::EKS::Cluster').map(({ Name }) => `cluster ${Name}`),
    ...of('AWS::EKS::AccessEntry')
      .filter(({ Type }) => Type === 'EC2_LINUX')
      .map(({ PrincipalArn }) => `node role ${roleOf(PrincipalArn)}`),
    ...of('AWS::S3::Bucket').map(({ BucketName }) => `bucket ${BucketName}`),
    ...tenantRoles.map(({ RoleName }) => `tenant role ${RoleName}`),
    ...of('AWS::SQS::Queue').map(({ QueueName }) => `queue ${QueueName}`),
    ...tags('AWS::EC2::Subnet', 'subnet'),
    ...tags('AWS::EC2::SecurityGroup', 'security group'),
    ...tags('AWS::EC2::VPC', 'VPC'),
    ...of('AWS::Backup::BackupSelection')
      .flatMap(({ BackupSelection }) => BackupSelection.Conditions?.StringEquals ?? [])
      .map(({ ConditionKey, ConditionValue }) => backedUp(ConditionKey, ConditionValue)),
    ...of('AWS::Backup::BackupSelection').flatMap(fileSystems),
    ...drivers(of('AWS::EKS::Addon').map(({ AddonName }) => AddonName)),
    ...of('AWS::EKS::PodIdentityAssociation').map(
      ({ Namespace, ServiceAccount }) => `associated account ${Namespace}/${ServiceAccount}`,
    ),
    ...subnets('private').map(({ AvailabilityZone }) => `zone of nodes ${AvailabilityZone}`),
    ...[...subnets('control-plane'), ...subnets('endpoints')].map(
      ({ CidrBlock }) => `reachable range ${CidrBlock}`,
    ),
    ...tenantRoles.flatMap(({ AssumeRolePolicyDocument }) => tenantAccounts(AssumeRolePolicyDocument)),
  ]);
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** What main.tf.json makes of it. */
export function madeByTerraform({ provider, module, resource }: Loose): string[] {
  const { vpc, eks } = module;
  const tag = (what: string, tags: Loose) => tagLines(what, { [DISCOVERY_TAG]: tags[DISCOVERY_TAG] });
  const roles: Loose[] = Object.values(resource.aws_iam_role);
  const tenant = roles.find(({ name }) => name.endsWith('-tenant'));
  return unique([
    `region ${provider.aws.region}`,
    `cluster ${eks.name}`,
    `node role ${resource.aws_iam_role['karpenter-node'].name}`,
    `queue ${resource.aws_sqs_queue.interruptions.name}`,
    `bucket ${resource.aws_s3_bucket.data.bucket}`,
    `tenant role ${tenant?.name}`,
    ...tag('subnet', vpc.private_subnet_tags),
    ...tag('security group', eks.node_security_group_tags),
    ...tag('VPC', vpc.vpc_tags),
    ...Object.values<Loose>(resource.aws_eks_pod_identity_association).map(
      ({ namespace, service_account }) => `associated account ${namespace}/${service_account}`,
    ),
    ...fileSystems(resource.aws_backup_selection),
    ...drivers(Object.keys(eks.addons)),
    ...resource.aws_backup_selection.disks.condition.string_equals.map(({ key, value }: Loose) =>
      backedUp(key, value),
    ),
    ...vpc.azs.map((zone: string) => `zone of nodes ${zone}`),
    ...vpc.intra_subnets.map((cidr: string) => `reachable range ${cidr}`),
    ...tenantAccounts(JSON.parse(tenant?.assume_role_policy)),
  ]);
}

function backedUp(key: string, value: string): string {
  return `backup of disks with tag ${key.replace('aws:ResourceTag/', '')}=${value}`;
}

function fileSystems(selection: Loose): string[] {
  const ids = JSON.stringify(selection).match(/(?<=file-system\/)fs-\w+/g) ?? [];
  return ids.map((id) => `backup of file system ${id}`);
}

function drivers(addons: readonly string[]): string[] {
  return addons.flatMap((name) => (DRIVERS[name] === undefined ? [] : [`driver ${DRIVERS[name]}`]));
}

/** Service accounts that may take the role of tenants. */
function tenantAccounts({ Statement: [statement] }: Loose): string[] {
  const accounts: string[] = statement.Condition.StringEquals['aws:RequestTag/kubernetes-service-account'];
  return accounts.map((name) => `tenant account ${name}`);
}

function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)].sort();
}
