import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Bucket } from '../../imports/s3.services.k8s.aws';
import { dataBucket, datasetClaim, datasetVolume, tenantBucket } from '../../lib/model/names';
import type { Placement } from '../../lib/model/platform';
import { tenantLabels } from '../labels';
import { addObject } from '../object';

const DRIVER = 's3.csi.aws.com';

/** Mountpoint has no size (awslabs/mountpoint-s3-csi-driver, static provisioning); small, because quota counts it. */
const SIZE = k8s.Quantity.fromString('1Mi');

/** What the tenant keeps or reads in S3: a volume a dataset, and a bucket of its own where it asks for one. */
export class StorageChart extends Chart {
  constructor(scope: Construct, placement: Placement) {
    super(scope, 'storage', { labels: tenantLabels(placement) });
    if (placement.spec.bucket === true) this.addBucket(placement);
    if (!placement.allowed.opens) return;
    for (const dataset of placement.datasets) this.addDataset(placement, dataset);
  }

  /** Static and bound to one claim, so that no other tenant can take it; read with the identity of the pod. */
  private addDataset({ tenant, cluster }: Placement, dataset: string): void {
    const name = datasetVolume(tenant, dataset);
    const claim = datasetClaim(dataset);
    const prefix = cluster.spec.datasets[dataset]?.prefix ?? '';
    new k8s.KubePersistentVolume(this, `PersistentVolume-${name}`, {
      metadata: { name },
      spec: {
        capacity: { storage: SIZE },
        accessModes: ['ReadOnlyMany'],
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: '',
        volumeMode: 'Filesystem',
        claimRef: { namespace: tenant, name: claim },
        // Read by uid 1000 and group 100, as notebooks and Ray run.
        mountOptions: ['read-only', `prefix ${prefix}`, `region ${cluster.spec.region}`, 'allow-other'],
        csi: {
          driver: DRIVER,
          volumeHandle: `${cluster.name}--${name}`,
          volumeAttributes: { bucketName: dataBucket(cluster.spec), authenticationSource: 'pod' },
        },
      },
    });
    new k8s.KubePersistentVolumeClaim(this, `PersistentVolumeClaim-${claim}`, {
      metadata: { name: claim, namespace: tenant },
      spec: {
        accessModes: ['ReadOnlyMany'],
        storageClassName: '',
        volumeMode: 'Filesystem',
        volumeName: name,
        resources: { requests: { storage: SIZE } },
      },
    });
  }

  /** The bucket stays in AWS when it leaves Git, and Argo CD asks before it leaves the cluster. */
  private addBucket({ tenant, cluster }: Placement): void {
    const { account, region } = cluster.spec;
    addObject<Bucket>(this, {
      apiVersion: 's3.services.k8s.aws/v1alpha1',
      kind: 'Bucket',
      metadata: {
        name: tenant,
        namespace: tenant,
        annotations: {
          'services.k8s.aws/deletion-policy': 'retain',
          'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm',
        },
      },
      spec: {
        name: tenantBucket(cluster.name, tenant, account),
        ...(region === 'us-east-1' ? {} : { createBucketConfiguration: { locationConstraint: region } }),
        encryption: {
          rules: [
            { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, bucketKeyEnabled: false },
          ],
        },
        ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
        policy: tlsOnly(tenantBucket(cluster.name, tenant, account)),
        publicAccessBlock: {
          blockPublicACLs: true,
          blockPublicPolicy: true,
          ignorePublicACLs: true,
          restrictPublicBuckets: true,
        },
        versioning: { status: 'Enabled' },
      },
    });
  }
}

function tlsOnly(bucket: string): string {
  const arn = `arn:aws:s3:::${bucket}`;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });
}
