import type { Pointer } from '../../../issue';
import { isMap } from '../../defaults';
import { parsePath, valueAt } from '../path';
import type { Rule, Tell } from '../rule';
import type { ClusterSpec } from './cluster-spec';

/** What rules about Ray jobs look at. */
export interface JobSpec {
  readonly suspend?: boolean;
  readonly shutdownAfterJobFinishes?: boolean;
  readonly ttlSecondsAfterFinished?: number;
  readonly activeDeadlineSeconds?: number;
  readonly backoffLimit?: number;
  readonly clusterSelector?: Readonly<Record<string, string>>;
  readonly rayClusterSpec?: ClusterSpec;
  readonly runtimeEnvYAML?: string;
  readonly submissionMode?: string;
  readonly submitterPodTemplate?: object;
  readonly submitterConfig?: object;
  readonly deletionStrategy?: DeletionStrategy;
}

/** What becomes of the cluster of a job that has ended. */
export interface DeletionStrategy {
  readonly onSuccess?: { readonly policy?: string };
  readonly onFailure?: { readonly policy?: string };
  readonly deletionRules?: readonly {
    readonly policy: string;
    readonly condition: {
      readonly jobStatus?: string;
      readonly jobDeploymentStatus?: string;
      readonly ttlSeconds?: number;
    };
  }[];
}

const PATHS: Readonly<Record<string, readonly string[]>> = {
  RayJob: parsePath('spec'),
  RayCronJob: parsePath('spec.jobTemplate'),
};

/** A rule about Ray jobs, those of schedules included. */
export function jobRule(
  id: string,
  check: (spec: JobSpec, at: Pointer, tell: Tell) => void,
): Rule<{ readonly kind: string }> {
  return {
    id,
    class: 'controller',
    kinds: Object.keys(PATHS).map((kind) => `ray.io/v1/${kind}`),
    check(object, tell) {
      const at = PATHS[object.kind] ?? [];
      const spec = valueAt(object, at);
      if (isMap(spec)) check(spec as JobSpec, at, tell);
    },
  };
}

/** What KubeRay says against a job (ValidateRayJobSpec of v1.7.0). */
export const rayJob = jobRule('ray-job', (spec, at, tell) => {
  const {
    suspend = false,
    shutdownAfterJobFinishes: ends = false,
    clusterSelector = {},
    backoffLimit = 0,
  } = spec;
  const selects = Object.keys(clusterSelector).length > 0;
  if (suspend && !ends) tell([...at, 'suspend'], 'needs shutdownAfterJobFinishes');
  if (suspend && selects) tell([...at, 'suspend'], 'cannot stand beside clusterSelector');
  if (spec.rayClusterSpec === undefined && !selects) tell(at, 'needs rayClusterSpec or clusterSelector');
  if (selects && !clusterSelector['ray.io/cluster']) tell([...at, 'clusterSelector'], 'needs ray.io/cluster');
  if (selects && spec.submissionMode === 'SidecarMode')
    tell([...at, 'clusterSelector'], 'is not for SidecarMode');
  if (backoffLimit > 0 && (selects || spec.submissionMode === 'InteractiveMode')) {
    tell([...at, 'backoffLimit'], 'is not for clusterSelector or InteractiveMode');
  }
  if (spec.rayClusterSpec?.authOptions?.enableK8sTokenAuth) {
    tell([...at, 'rayClusterSpec', 'authOptions'], 'enableK8sTokenAuth is not for RayJobs');
  }
  checkNumbers(spec, ends, at, tell);
  if (spec.submissionMode === 'SidecarMode') checkSidecar(spec, at, tell);
});

function checkNumbers(spec: JobSpec, ends: boolean, at: Pointer, tell: Tell): void {
  const { ttlSecondsAfterFinished: ttl = 0, activeDeadlineSeconds = 1 } = spec;
  if (ttl < 0) tell([...at, 'ttlSecondsAfterFinished'], 'must not be negative');
  if (ttl > 0 && !ends) tell([...at, 'ttlSecondsAfterFinished'], 'needs shutdownAfterJobFinishes');
  if (activeDeadlineSeconds <= 0) tell([...at, 'activeDeadlineSeconds'], 'must be more than 0');
  if ((spec.backoffLimit ?? 0) < 0) tell([...at, 'backoffLimit'], 'must not be negative');
}

function checkSidecar(
  { submitterPodTemplate, submitterConfig, rayClusterSpec }: JobSpec,
  at: Pointer,
  tell: Tell,
): void {
  for (const [field, value] of Object.entries({ submitterPodTemplate, submitterConfig })) {
    if (value !== undefined) tell([...at, field], 'is not for SidecarMode');
  }
  const restart = rayClusterSpec?.headGroupSpec.template.spec?.restartPolicy ?? 'Never';
  if (restart !== 'Never')
    tell([...at, 'rayClusterSpec'], 'restartPolicy of the head must be Never in SidecarMode');
}
