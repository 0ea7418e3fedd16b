import { describe, expect, it } from '@jest/globals';
import type { RayCluster } from '../../imports/ray.io';
import type { Bucket } from '../../imports/s3.services.k8s.aws';
import type { KubernetesObject } from '../../lib/render/manifest';
import { CLUSTER, renderAll, renderTenant, SMALL, VISION, withSpec } from '../support/fixtures';
import { change, find, ofKind, templatesOf } from '../support/objects';

interface Volume extends KubernetesObject {
  readonly spec: {
    readonly claimRef: { readonly namespace: string; readonly name: string };
    readonly csi: { readonly volumeHandle: string; readonly volumeAttributes: Record<string, string> };
    readonly mountOptions: readonly string[];
    readonly storageClassName: string;
    readonly persistentVolumeReclaimPolicy: string;
  };
}
interface Claim extends KubernetesObject {
  readonly spec: { readonly volumeName: string; readonly storageClassName: string };
}

const objects = renderTenant(VISION);
const volume = find<Volume>(objects, 'PersistentVolume', 'vision--mnist');
const claim = find<Claim>(objects, 'PersistentVolumeClaim', 'dataset-mnist');

/** What would let another tenant take the volume, the dataset be written, or the pod read with another identity. */
function problems({ metadata, spec }: Volume, own: Claim): string[] {
  const found: [boolean, string][] = [
    [
      spec.claimRef.namespace !== own.metadata.namespace || spec.claimRef.name !== own.metadata.name,
      'unbound',
    ],
    [own.spec.volumeName !== metadata.name, 'another volume'],
    [spec.storageClassName !== '' || own.spec.storageClassName !== '', 'a class would provision a disk'],
    [!spec.mountOptions.includes('read-only'), 'writable'],
    [!spec.mountOptions.some((option) => /^prefix .+\/$/.test(option)), 'the whole bucket'],
    [spec.csi.volumeAttributes.authenticationSource !== 'pod', 'the identity of the driver'],
    [spec.persistentVolumeReclaimPolicy !== 'Retain', 'deleted with its claim'],
  ];
  return found.filter(([wrong]) => wrong).map(([, problem]) => problem);
}

describe('the volume of a dataset', () => {
  it('is the prefix of the dataset, for one claim of one tenant, with the identity of the pod', () => {
    expect(problems(volume, claim)).toEqual([]);
    expect(volume.spec.mountOptions).toContain('prefix datasets/mnist/');
    expect(volume.spec.csi.volumeAttributes.bucketName).toBe('data-ml-example-com');
  });

  it.each<[path: (string | number)[], value: unknown, problem: string]>([
    [['spec', 'claimRef', 'namespace'], 'nlp', 'unbound'],
    [['spec', 'storageClassName'], 'home', 'a class would provision a disk'],
    [['spec', 'mountOptions', 0], 'allow-delete', 'writable'],
    [['spec', 'mountOptions', 1], 'prefix ', 'the whole bucket'],
    [['spec', 'csi', 'volumeAttributes', 'authenticationSource'], 'driver', 'the identity of the driver'],
    [['spec', 'persistentVolumeReclaimPolicy'], 'Delete', 'deleted with its claim'],
  ])('is judged: %j = %j', (path, value, problem) => {
    expect(problems(change(volume, path, value), claim)).toEqual([problem]);
  });

  it('is another one for each tenant, also where names begin alike', () => {
    const reader = withSpec(SMALL, { datasets: ['mnist'] }, 'vision-eu');
    const handles = ofKind<Volume>(renderAll([VISION, reader]), 'PersistentVolume').map(
      ({ spec }) => spec.csi.volumeHandle,
    );
    expect(handles.sort()).toEqual(['lab--vision--mnist', 'lab--vision-eu--mnist'].sort());
  });

  it('is mounted read-only in every Ray pod, and in no pod that only submits', () => {
    const pods = objects.flatMap((object) => templatesOf(object));
    const mounts = pods.map(({ where, spec }) => [
      where.includes('submitter'),
      spec.volumes?.some((one) => one.persistentVolumeClaim?.claimName === 'dataset-mnist') ?? false,
      spec.containers[0]?.volumeMounts?.find(({ name }) => name === 'dataset-mnist')?.readOnly ?? false,
    ]);
    expect(mounts.length).toBeGreaterThan(4);
    for (const [submits, hasVolume, isReadOnly] of mounts) {
      expect(hasVolume).toBe(!submits);
      expect(isReadOnly).toBe(!submits);
    }
  });
});

describe('a bucket of its own', () => {
  const bucket = find<Bucket>(objects, 'Bucket', 'vision');

  it('is private, encrypted and versioned, and takes TLS only', () => {
    expect(bucket.spec.name).toBe('lab--vision--111122223333');
    expect(Object.values(bucket.spec.publicAccessBlock ?? {})).toEqual([true, true, true, true]);
    expect(bucket.spec.versioning).toEqual({ status: 'Enabled' });
    expect(bucket.spec.encryption?.rules).toHaveLength(1);
    expect(JSON.parse(bucket.spec.policy ?? '')).toMatchObject({
      Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    });
  });

  it('stays when it leaves Git, when the tenant is archived, and until a person confirms', () => {
    expect(bucket.metadata.annotations).toEqual({
      'services.k8s.aws/deletion-policy': 'retain',
      'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm',
    });
    expect(ofKind(renderTenant(withSpec(VISION, { state: 'archived' })), 'Bucket')).toEqual([bucket]);
  });

  it('is made on request only', () => {
    expect(ofKind(renderTenant(SMALL), 'Bucket')).toEqual([]);
  });
});

describe('homes', () => {
  const classOf = (spec: object, name = 'home') =>
    find(renderAll([SMALL], { ...CLUSTER, spec: { ...CLUSTER.spec, ...spec } }), 'StorageClass', name);

  it('outlive their claim, on encrypted disks that the daily backup finds', () => {
    expect(classOf({})).toMatchObject({
      provisioner: 'ebs.csi.aws.com',
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
      parameters: {
        encrypted: 'true',
        tagSpecification_1: 'tenantry.dev/backup=daily',
        tagSpecification_2: `tenantry.dev/cluster=${CLUSTER.metadata.name}`,
      },
    });
  });

  it('outlive it on a file system too', () => {
    expect(classOf({ homes: { efs: 'fs-0123456789abcdef0' } })).toMatchObject({
      provisioner: 'efs.csi.aws.com',
      reclaimPolicy: 'Retain',
      parameters: { fileSystemId: 'fs-0123456789abcdef0' },
    });
  });

  it('leave a disk to what needs one', () => {
    const onEfs = classOf({ homes: { efs: 'fs-0123456789abcdef0' } }, 'disk');
    expect(onEfs).toMatchObject({ provisioner: 'ebs.csi.aws.com', reclaimPolicy: 'Retain' });
    expect(onEfs).toEqual(classOf({}, 'disk'));
  });
});

describe('secrets of a tenant', () => {
  it('are read below its own path and become environment of Ray pods', () => {
    expect(find(objects, 'ExternalSecret', 'hub-token')).toMatchObject({
      spec: {
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'tenants' },
        dataFrom: [{ extract: { key: 'lab/vision/hub-token' } }],
      },
    });
    const ray = find<RayCluster>(objects, 'RayCluster', 'training');
    const [head] = ray.spec.headGroupSpec?.template?.spec?.containers ?? [];
    expect(head?.envFrom).toEqual([{ secretRef: { name: 'hub-token' } }]);
  });
});
