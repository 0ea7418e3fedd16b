import type { PodIdentityAssociation } from '../../imports/eks.services.k8s.aws';
import { datasetReaders, tenantData } from '../infrastructure/policies/tenant';
import { bucketArn, type Place, type Statement } from '../infrastructure/statement';
import { sorted } from '../model/cluster';
import { dataBucket, SERVICE_ACCOUNT, tenantBucket, tenantRole } from '../model/names';
import type { Cluster, Placement } from '../model/platform';
import type { KubernetesObject } from '../render/manifest';
import { allows } from './iam';
import type { Gap, Proof } from './proof';

type Deed = 'get' | 'list' | 'put' | 'delete';

const EVERYTHING: readonly Deed[] = ['get', 'list', 'put', 'delete'];
const READING: readonly Deed[] = ['get', 'list'];
const NOTHING: readonly Deed[] = [];

/** A place in S3, and what pods of a tenant may do there. */
export interface Sample {
  readonly what: string;
  readonly bucket: string;
  /** What keys begin with. */
  readonly prefix: string;
  readonly may: readonly Deed[];
}

/** One role serves all tenants of a cluster: what tells them apart is written in policies alone. */
export const DATA: Proof = {
  rule: 'data-isolation',
  proves:
    'pods of a tenant reach its own prefix and bucket in S3, read the datasets it is granted, and nothing else, names that begin or end alike included',
  why: 'One role serves all tenants of a cluster, and its policies tell them apart by the tags of the session: a slash too few, and vision reads what vision2 has.',
  source: 'EKS user guide, pod-id-abac; IAM user guide, policy evaluation logic; S3 bucket naming rules',
  find: ({ placement, objects }) => {
    const { cluster } = placement;
    const { region, account = '' } = cluster.spec;
    const place = { partition: 'aws', region, account };
    const statements = [...tenantData(cluster, place), ...datasetReaders(cluster, place)];
    return [
      ...associationsIn(objects).flatMap((object) => identityGaps(object, placement, statements, place)),
      ...volumeGaps(placement, objects),
    ];
  },
};

type Association = KubernetesObject & PodIdentityAssociation;

function associationsIn(objects: readonly KubernetesObject[]): Association[] {
  return objects.filter(({ kind }) => kind === 'PodIdentityAssociation') as Association[];
}

function identityGaps(
  object: Association,
  { tenant, cluster }: Placement,
  statements: readonly Statement[],
  place: Place,
): Gap[] {
  const { roleARN = '', clusterName = '', namespace, serviceAccount } = object.spec;
  const role = `arn:aws:iam::${place.account}:role/${tenantRole(cluster.name)}`;
  if (roleARN !== role) return [{ object, message: `${roleARN} is not the role of tenants, ${role}` }];
  if (!Object.values<string>(SERVICE_ACCOUNT).includes(serviceAccount))
    return [{ object, message: `the role does not trust the service account ${serviceAccount}` }];
  const tags = {
    'aws:PrincipalTag/eks-cluster-name': clusterName,
    'aws:PrincipalTag/kubernetes-namespace': namespace,
  };
  return dataGaps(statements, { role, tags, place }, samplesOf(cluster, tenant)).map((message) => ({
    object,
    message,
  }));
}

/** Who asks: the role, and the tags that Pod Identity gives its session. */
export interface Session {
  readonly role: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly place: Place;
}

/** Where policies give a session more or less than samples say. */
export function dataGaps(
  statements: readonly Statement[],
  { role, tags, place }: Session,
  samples: readonly Sample[],
): string[] {
  const can = (deed: Deed, { bucket, prefix }: Sample): boolean =>
    deed === 'list'
      ? allows(statements, {
          action: 's3:ListBucket',
          resource: bucketArn(place, bucket),
          role,
          keys: { ...tags, 's3:prefix': prefix },
        })
      : allows(statements, {
          action: { get: 's3:GetObject', put: 's3:PutObject', delete: 's3:DeleteObject' }[deed],
          resource: bucketArn(place, `${bucket}/${prefix}file`),
          role,
          keys: tags,
        });
  return samples.flatMap((sample) => {
    const does = EVERYTHING.filter((deed) => can(deed, sample));
    if (does.join() === sample.may.join()) return [];
    const words = (deeds: readonly Deed[]) => deeds.join(', ') || 'nothing';
    return [
      `may ${words(does)} instead of ${words(sample.may)} at s3://${sample.bucket}/${sample.prefix} (${sample.what})`,
    ];
  });
}

/** What of a cluster names its places in S3. */
export interface Named {
  readonly name: string;
  readonly spec: Pick<Cluster['spec'], 'account' | 'dataBucket' | 'datasets' | 'domain'>;
}

/** Everything of a tenant in S3, and what lies beside it under names that are nearly the same. */
export function samplesOf({ name, spec }: Named, tenant: string): Sample[] {
  const bucket = dataBucket(spec);
  const account = spec.account ?? '';
  const named = sorted(spec.datasets).flatMap(([, { readers }]) => (readers === 'all' ? [] : readers));
  const others = [...new Set([...named, `${tenant}2`, `${tenant}-2`, tenant.slice(0, -1)])].filter(
    (other) => other !== tenant && other !== '',
  );
  const shut = (what: string, where: string, prefix: string): Sample => ({
    what,
    bucket: where,
    prefix,
    may: NOTHING,
  });
  return [
    { what: 'its own prefix', bucket, prefix: `${name}/${tenant}/`, may: EVERYTHING },
    { what: 'its own bucket', bucket: tenantBucket(name, tenant, account), prefix: '', may: EVERYTHING },
    ...sorted(spec.datasets).map(
      ([key, { prefix, readers }]): Sample => ({
        what: `dataset ${key}`,
        bucket,
        prefix,
        may: readers === 'all' || readers.includes(tenant) ? READING : NOTHING,
      }),
    ),
    shut('all of the data bucket', bucket, ''),
    shut('all of the cluster', bucket, `${name}/`),
    shut('its prefix on another cluster', bucket, `${name}2/${tenant}/`),
    shut('its bucket on another cluster', tenantBucket(`${name}2`, tenant, account), ''),
    ...others.flatMap((other) => [
      shut(`the prefix of ${other}`, bucket, `${name}/${other}/`),
      shut(`the bucket of ${other}`, tenantBucket(name, other, account), ''),
    ]),
  ];
}

interface Volume {
  readonly csi?: { readonly driver: string; readonly volumeAttributes?: { readonly bucketName?: string } };
  readonly mountOptions?: readonly string[];
}

/** A volume shows a dataset that its tenant may read, and no more of the bucket. */
function volumeGaps({ tenant, cluster }: Placement, objects: readonly KubernetesObject[]): Gap[] {
  const readable = samplesOf(cluster, tenant).filter(({ may }) => may === READING);
  return objects.flatMap((object): Gap[] => {
    const { csi, mountOptions = [] } = (object.spec ?? {}) as Volume;
    if (object.kind !== 'PersistentVolume' || csi?.driver !== 's3.csi.aws.com') return [];
    const prefix = mountOptions.find((option) => option.startsWith('prefix '))?.slice('prefix '.length);
    const bucket = csi.volumeAttributes?.bucketName;
    if (readable.some((sample) => sample.prefix === prefix && sample.bucket === bucket)) return [];
    return [{ object, message: `s3://${bucket}/${prefix ?? ''} is no dataset that the tenant may read` }];
  });
}
