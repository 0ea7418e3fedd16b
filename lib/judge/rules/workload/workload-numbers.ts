import type { Rule } from '../rule';
import { checkTable, table } from '../tables';

const FIELDS = table({
  'spec.replicas': 0,
  'spec.minReadySeconds': 0,
  'spec.revisionHistoryLimit': 0,
  'spec.progressDeadlineSeconds': 0,
  'spec.ordinals.start': 0,
  'spec.podManagementPolicy': ['OrderedReady', 'Parallel'],
  'spec.persistentVolumeClaimRetentionPolicy.whenDeleted': ['Retain', 'Delete'],
  'spec.persistentVolumeClaimRetentionPolicy.whenScaled': ['Retain', 'Delete'],
});

/** Kubernetes' default. */
const PROGRESS_SECONDS = 600;

interface Workload {
  readonly kind: string;
  readonly spec?: { readonly minReadySeconds?: number; readonly progressDeadlineSeconds?: number };
}

/** How many pods a workload has, and how long it waits for them. */
export const workloadNumbers: Rule<Workload> = {
  id: 'workload-numbers',
  class: 'apiserver',
  kinds: ['apps/v1/DaemonSet', 'apps/v1/Deployment', 'apps/v1/ReplicaSet', 'apps/v1/StatefulSet'],
  check(object, tell) {
    checkTable(FIELDS, object, [], tell);
    const { minReadySeconds = 0, progressDeadlineSeconds = PROGRESS_SECONDS } = object.spec ?? {};
    if (object.kind === 'Deployment' && progressDeadlineSeconds <= minReadySeconds) {
      tell(['spec', 'progressDeadlineSeconds'], 'must be more than minReadySeconds');
    }
  },
};
