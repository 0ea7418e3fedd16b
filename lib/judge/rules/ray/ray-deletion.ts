import type { Pointer } from '../../../issue';
import { items } from '../path';
import type { Tell } from '../rule';
import { type DeletionStrategy, type JobSpec, jobRule } from './ray-job';

const ORDER = ['DeleteWorkers', 'DeleteCluster', 'DeleteSelf'];

/** What becomes of the cluster of a job that has ended (validateDeletionConfiguration of KubeRay v1.7.0). */
export const rayDeletion = jobRule('ray-deletion', (spec, at, tell) => {
  const { deletionStrategy: strategy } = spec;
  if (strategy === undefined) return;
  const pointer = [...at, 'deletionStrategy'];
  const { onSuccess, onFailure, deletionRules = [] } = strategy;
  if (deletionRules.length > 0) {
    if (spec.shutdownAfterJobFinishes === true)
      tell(pointer, 'deletionRules cannot stand beside shutdownAfterJobFinishes');
    checkRules(spec, strategy, pointer, tell);
    return;
  }
  for (const policy of [onSuccess?.policy, onFailure?.policy]) {
    if (policy === undefined)
      tell(pointer, 'needs the policies of onSuccess and onFailure, or deletionRules');
    const problem = policy === undefined ? undefined : policyProblem(policy, spec);
    if (problem !== undefined) tell(pointer, problem);
    if (policy === 'DeleteNone' && spec.shutdownAfterJobFinishes) {
      tell(pointer, 'DeleteNone cannot stand beside shutdownAfterJobFinishes');
    }
  }
});

function policyProblem(
  policy: string,
  { clusterSelector = {}, rayClusterSpec }: JobSpec,
): string | undefined {
  const selects = Object.keys(clusterSelector).length > 0;
  if (selects && (policy === 'DeleteCluster' || policy === 'DeleteWorkers'))
    return `${policy} is not for clusterSelector`;
  const scales = rayClusterSpec?.enableInTreeAutoscaling === true;
  return scales && policy === 'DeleteWorkers'
    ? 'DeleteWorkers is not for clusters with the autoscaler'
    : undefined;
}

function checkRules(spec: JobSpec, { deletionRules }: DeletionStrategy, at: Pointer, tell: Tell): void {
  const seconds = new Map<string, Map<string, number>>();
  for (const [{ policy, condition }, pointer] of items(deletionRules, [...at, 'deletionRules'])) {
    const problem = policyProblem(policy, spec);
    if (problem !== undefined) tell(pointer, problem);
    const { jobStatus = '', jobDeploymentStatus = '', ttlSeconds = 0 } = condition;
    if (ttlSeconds < 0) tell([...pointer, 'condition', 'ttlSeconds'], 'must not be negative');
    const status = `${jobStatus}/${jobDeploymentStatus}`;
    const policies = seconds.get(status) ?? new Map<string, number>();
    if (policies.has(policy)) tell(pointer, `repeats ${policy} for ${status}`);
    seconds.set(status, policies.set(policy, ttlSeconds));
  }
  for (const [status, policies] of seconds) {
    const times = ORDER.flatMap((policy) => policies.get(policy) ?? []);
    if (times.some((time, index) => time < (times[index - 1] ?? 0))) {
      tell([...at, 'deletionRules'], `must delete in the order ${ORDER.join(', ')} for ${status}`);
    }
  }
}
