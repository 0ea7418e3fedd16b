import type { Pointer } from '../../../issue';
import { items } from '../path';
import type { Tell } from '../rule';
import { type ClusterSpec, clusterRule, envOf, type Group, isAtLeast } from './cluster-spec';

/** How many workers a group has, with and without the autoscaler. */
export const rayReplicas = clusterRule('ray-replicas', (spec, at, tell) => {
  const scales = spec.enableInTreeAutoscaling === true;
  for (const [group, pointer] of items(spec.workerGroupSpecs, [...at, 'workerGroupSpecs'])) {
    checkCounts(group, scales, pointer, tell);
    if (group.suspend === true && scales)
      tell([...pointer, 'suspend'], 'is not for clusters with the autoscaler');
    checkIdle(group, spec, pointer, tell);
    checkPriority(group, spec, pointer, tell);
  }
});

function checkCounts({ minReplicas, maxReplicas }: Group, scales: boolean, at: Pointer, tell: Tell): void {
  if (!scales && (minReplicas === undefined || maxReplicas === undefined)) {
    tell(at, 'needs minReplicas and maxReplicas without the autoscaler');
  }
  for (const [field, count] of Object.entries({ minReplicas, maxReplicas })) {
    if ((count ?? 0) < 0) tell([...at, field], 'must not be negative');
  }
  if ((minReplicas ?? 0) > (maxReplicas ?? Number.POSITIVE_INFINITY)) {
    tell([...at, 'minReplicas'], 'must be at most maxReplicas');
  }
}

function checkIdle({ idleTimeoutSeconds }: Group, spec: ClusterSpec, at: Pointer, tell: Tell): void {
  if (idleTimeoutSeconds === undefined) return;
  if (idleTimeoutSeconds < 0) tell([...at, 'idleTimeoutSeconds'], 'must not be negative');
  if (!hasAutoscaler2(spec)) tell([...at, 'idleTimeoutSeconds'], 'needs autoscalerOptions.version v2');
}

/** Groups have priorities since Ray 2.56.0. */
const PRIORITIES = '2.56.0';

function checkPriority({ priority = 0 }: Group, spec: ClusterSpec, at: Pointer, tell: Tell): void {
  if (priority === 0) return;
  if (!isAtLeast(spec.rayVersion ?? '', PRIORITIES))
    tell([...at, 'priority'], `needs a rayVersion of at least ${PRIORITIES}`);
  if (!hasAutoscaler2(spec)) tell([...at, 'priority'], 'needs autoscalerOptions.version v2');
}

function hasAutoscaler2({ autoscalerOptions, headGroupSpec }: ClusterSpec): boolean {
  const asked = envOf(headGroupSpec, 'RAY_enable_autoscaler_v2') ?? '';
  return autoscalerOptions?.version === 'v2' || asked === '1' || asked === 'true';
}
