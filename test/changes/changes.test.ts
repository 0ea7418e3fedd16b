import { describe, expect, it } from '@jest/globals';
import { changesOf } from '../../lib/changes/changes';
import { dataRemovals } from '../../lib/changes/data';
import { refusedUpdates } from '../../lib/changes/immutable';
import { dumpFile } from '../../lib/render/dump';
import type { KubernetesObject } from '../../lib/render/manifest';

const object = (kind: string, fields: object = {}, apiVersion = 'v1'): KubernetesObject =>
  ({ apiVersion, kind, ...fields, metadata: { name: 'it', ...Object(fields).metadata } }) as KubernetesObject;
const bytes = (...objects: KubernetesObject[]) => Buffer.from(dumpFile(objects, '# Generated'));
const plan = (
  old: Readonly<Record<string, KubernetesObject[]>>,
  now: Readonly<Record<string, KubernetesObject[]>> = {},
) => ({
  old: new Map(Object.entries(old).map(([path, objects]) => [path, bytes(...objects)])),
  write: Object.entries(now).map(([path, objects]) => ({ path, bytes: bytes(...objects) })),
});

describe('changes', () => {
  const a = object('ConfigMap', { metadata: { name: 'a', namespace: 'x' } });
  const b = object('ConfigMap', { metadata: { name: 'b', namespace: 'x' } });

  it('are objects that differ or are gone', () => {
    expect(changesOf(plan({ 'prod/f.yaml': [a, b] }, { 'prod/f.yaml': [a] }))).toEqual([
      { path: 'prod/f.yaml', old: a, now: a },
      { path: 'prod/f.yaml', old: b },
    ]);
  });

  it('follow an object to another file of its cluster', () => {
    const old = { 'prod/f.yaml': [a] };
    expect(changesOf(plan(old, { 'prod/g.yaml': [a] }))).toEqual([{ path: 'prod/g.yaml', old: a, now: a }]);
    expect(changesOf(plan(old, { 'staging/f.yaml': [a] }))).toEqual([{ path: 'prod/f.yaml', old: a }]);
  });

  it('are of some kinds, where that is wanted', () => {
    expect(changesOf(plan({ 'prod/f.yaml': [a, object('Secret')] }), ['Secret'])).toEqual([
      { path: 'prod/f.yaml', old: object('Secret') },
    ]);
  });

  it('are none in a file that somebody has broken', () => {
    const broken = new Map([['prod/f.yaml', Buffer.from('a: [1')]]);
    expect(changesOf({ old: broken, write: [] })).toEqual([]);
  });
});

const tenant = (state: string) =>
  object('Namespace', { metadata: { labels: { 'tenantry.dev/tenant': 'it', 'tenantry.dev/state': state } } });
const volume = (policy: string) =>
  object('PersistentVolume', { spec: { persistentVolumeReclaimPolicy: policy } });
const claim = (storageClassName: string) => object('PersistentVolumeClaim', { spec: { storageClassName } });
const bucket = (policy?: string) =>
  object(
    'Bucket',
    { metadata: { annotations: policy === undefined ? {} : { 'services.k8s.aws/deletion-policy': policy } } },
    's3.services.k8s.aws/v1alpha1',
  );

describe('data-removal', () => {
  it.each<[string, KubernetesObject]>([
    ['the Namespace of an active tenant', tenant('active')],
    ['the Namespace of a frozen tenant', tenant('frozen')],
    ['a volume that goes with its object', volume('Delete')],
    ['a claim of a class', claim('home')],
    ['a bucket that goes with its object', bucket('delete')],
    ['a bucket without a policy', bucket()],
  ])('keeps %s in dist/', (_, old) => {
    expect(dataRemovals(plan({ 'prod/f.yaml': [old] }))).toMatchObject([{ rule: 'data-removal' }]);
    expect(dataRemovals(plan({ 'prod/f.yaml': [old] }, { 'prod/f.yaml': [old] }))).toEqual([]);
  });

  it.each<[string, KubernetesObject]>([
    ['the Namespace of an archived tenant', tenant('archived')],
    ['a Namespace of no tenant', object('Namespace')],
    ['a volume that stays', volume('Retain')],
    ['a claim of a volume that is named', claim('')],
    ['a bucket that stays', bucket('retain')],
    ['what holds no data', object('ConfigMap')],
  ])('lets %s go', (_, old) => {
    expect(dataRemovals(plan({ 'prod/f.yaml': [old] }))).toEqual([]);
  });
});

describe('refused-update', () => {
  const storage = (fields: object) =>
    object('StorageClass', { provisioner: 'a', ...fields }, 'storage.k8s.io/v1');
  const binding = (name: string) =>
    object(
      'RoleBinding',
      {
        metadata: { namespace: 'x' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
        subjects: [],
      },
      'rbac.authorization.k8s.io/v1',
    );
  const priority = (value: number) => object('PriorityClass', { value }, 'scheduling.k8s.io/v1');

  it.each<[string, KubernetesObject, KubernetesObject]>([
    [
      'the parameters of a StorageClass',
      storage({ parameters: { type: 'gp2' } }),
      storage({ parameters: { type: 'gp3' } }),
    ],
    ['the role of a binding', binding('a'), binding('b')],
    ['the value of a PriorityClass', priority(1), priority(2)],
  ])('is %s', (_, old, now) => {
    const issues = refusedUpdates(plan({ 'prod/f.yaml': [old] }, { 'prod/f.yaml': [now] }));
    expect(issues).toMatchObject([{ rule: 'refused-update', level: 'error' }]);
  });

  it('is not a change that the API server takes, nor what is wrong from the start', () => {
    const update = (old: KubernetesObject, now: KubernetesObject) =>
      refusedUpdates(plan({ 'prod/f.yaml': [old] }, { 'prod/f.yaml': [now] }));
    expect(update(storage({}), storage({ allowVolumeExpansion: true }))).toEqual([]);
    expect(update(object('ConfigMap'), object('ConfigMap', { data: { 'a b': 'c' } }))).toEqual([]);
    expect(refusedUpdates(plan({ 'prod/f.yaml': [priority(1)] }))).toEqual([]);
  });
});
