import { sorted } from '../../model/cluster';
import { dataBucket, tenantBucket, tenantRole } from '../../model/names';
import type { Cluster } from '../../model/platform';
import { allow, bucketArn, globalArn, type Place, type Statement } from '../statement';

/** Tags that EKS Pod Identity puts on a session (EKS user guide, pod-id-abac). */
const CLUSTER = 'eks-cluster-name';
const NAMESPACE = 'kubernetes-namespace';

const OBJECTS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'];

/** Where a pod keeps its own data. With the cluster in it, staging's namespace does not read prod's. */
const OWN = `\${aws:PrincipalTag/${CLUSTER}}/\${aws:PrincipalTag/${NAMESPACE}}/`;

/** Each tenant's own prefix and bucket, told by the tags of the session: one role for all, and no policy a tenant. */
export function tenantData({ name, spec }: Cluster, place: Place): Statement[] {
  const bucket = dataBucket(spec);
  const own = tenantBucket(name, `\${aws:PrincipalTag/${NAMESPACE}}`, spec.account);
  return [
    allow(['s3:ListBucket'], [bucketArn(place, bucket)], { StringLike: { 's3:prefix': [`${OWN}*`] } }),
    allow(['s3:ListBucket'], [bucketArn(place, own)]),
    allow(OBJECTS, [bucketArn(place, `${bucket}/${OWN}*`), bucketArn(place, `${own}/*`)]),
  ];
}

/** Datasets and their readers, as statements of the bucket: a tenant file asks, the cluster file grants. */
export function datasetReaders(cluster: Cluster, place: Place): Statement[] {
  const { name, spec } = cluster;
  const bucket = dataBucket(spec);
  const Principal = { AWS: [globalArn(place, 'iam', `role/${tenantRole(name)}`)] };
  return sorted(spec.datasets).flatMap(([, { prefix, readers }]) => {
    const tags = {
      [`aws:PrincipalTag/${CLUSTER}`]: name,
      ...(readers === 'all' ? {} : { [`aws:PrincipalTag/${NAMESPACE}`]: readers }),
    };
    return [
      {
        ...allow(['s3:GetObject'], [bucketArn(place, `${bucket}/${prefix}*`)], { StringEquals: tags }),
        Principal,
      },
      {
        ...allow(['s3:ListBucket'], [bucketArn(place, bucket)], {
          StringEquals: tags,
          StringLike: { 's3:prefix': [`${prefix}*`] },
        }),
        Principal,
      },
    ];
  });
}

/** The most that a role made for a tenant can ever do: the data bucket, and buckets of tenants of this cluster. */
export function tenantBoundary({ name, spec }: Cluster, place: Place): Statement[] {
  const buckets = [dataBucket(spec), tenantBucket(name, '*', spec.account)];
  return [
    allow(
      ['s3:ListBucket', ...OBJECTS],
      buckets.flatMap((bucket) => [bucketArn(place, bucket), bucketArn(place, `${bucket}/*`)]),
    ),
  ];
}
