import type { Issue } from '../issue';
import { LABEL } from '../model/names';
import { nameObject } from '../render/identity';
import type { KubernetesObject } from '../render/manifest';
import type { Plan } from '../render/plan';
import { changesOf } from './changes';

interface Holder {
  /** What would be lost with the object. Default: nothing. */
  lost(object: KubernetesObject): string | undefined;
  /** The step before. */
  readonly first: string;
}

interface VolumeSpec {
  readonly persistentVolumeReclaimPolicy?: string;
  readonly storageClassName?: string;
}

/** Kinds with which data can go, for Argo CD deletes from the cluster what leaves dist/. */
const HOLDERS: Readonly<Record<string, Holder>> = {
  Namespace: {
    lost: ({ metadata: { labels = {} } }) =>
      labels[LABEL.tenant] === undefined || labels[LABEL.state] === 'archived'
        ? undefined
        : 'the homes of its members',
    first: 'first let its state be archived, and commit that; then take it away',
  },
  Bucket: {
    lost: ({ metadata: { annotations = {} } }) =>
      annotations['services.k8s.aws/deletion-policy'] === 'retain' ? undefined : 'the objects in the bucket',
    first: 'first give it the deletion policy retain, and commit that',
  },
  PersistentVolume: {
    lost: ({ spec }) =>
      (spec as VolumeSpec).persistentVolumeReclaimPolicy === 'Retain' ? undefined : 'the volume',
    first: 'first give it the reclaim policy Retain, and commit that',
  },
  PersistentVolumeClaim: {
    // A claim without a class is of a volume that is named, and keeps by itself.
    lost: ({ spec }) => ((spec as VolumeSpec).storageClassName === '' ? undefined : 'what is in the volume'),
    first: 'copy what is in it, or give its volume the reclaim policy Retain',
  },
};

/** Errors for objects that hold data and would leave dist/ in one step. */
export function dataRemovals(plan: Pick<Plan, 'old' | 'write'>): Issue[] {
  return changesOf(plan, Object.keys(HOLDERS)).flatMap(({ path, old, now }): Issue[] => {
    const holder = HOLDERS[old.kind];
    const lost = now === undefined ? holder?.lost(old) : undefined;
    if (holder === undefined || lost === undefined) return [];
    return [
      {
        level: 'error',
        rule: 'data-removal',
        message: `${nameObject(old)} would leave dist/${path}, and with it ${lost}`,
        hint: holder.first,
      },
    ];
  });
}
