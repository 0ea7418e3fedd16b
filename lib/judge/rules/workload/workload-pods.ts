import type { PodSpec } from '../../../../imports/core';
import { isMap } from '../../defaults';
import { parsePath, valueAt } from '../path';
import type { Rule } from '../rule';

interface Kind {
  readonly pod: readonly string[];
  readonly restart: readonly string[];
  /** Whether the pod may end after some time. */
  readonly ends: boolean;
}

const LASTING: Kind = { pod: parsePath('spec.template.spec'), restart: ['Always'], ends: false };
const ENDING: Kind = { ...LASTING, restart: ['OnFailure', 'Never'], ends: true };

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['apps/v1/DaemonSet', LASTING],
  ['apps/v1/Deployment', LASTING],
  ['apps/v1/ReplicaSet', LASTING],
  ['apps/v1/StatefulSet', LASTING],
  ['batch/v1/Job', ENDING],
  ['batch/v1/CronJob', { ...ENDING, pod: parsePath('spec.jobTemplate.spec.template.spec') }],
]);

/** Pods of a Deployment start again and again; those of a Job end. */
export const workloadPods: Rule<{ readonly apiVersion: string; readonly kind: string }> = {
  id: 'workload-pods',
  class: 'apiserver',
  kinds: [...KINDS.keys()],
  check(object, tell) {
    const { pod: path, restart, ends } = KINDS.get(`${object.apiVersion}/${object.kind}`) ?? LASTING;
    const pod = valueAt(object, path);
    if (!isMap(pod)) return;
    const {
      restartPolicy = 'Always',
      activeDeadlineSeconds,
      ephemeralContainers,
    } = pod as unknown as PodSpec;
    if (!restart.includes(restartPolicy)) tell([...path, 'restartPolicy'], `must be ${restart.join(' or ')}`);
    if (!ends && activeDeadlineSeconds !== undefined)
      tell([...path, 'activeDeadlineSeconds'], 'is not for this kind');
    if (ephemeralContainers !== undefined && ephemeralContainers.length > 0) {
      tell([...path, 'ephemeralContainers'], 'are not for templates');
    }
  },
};
