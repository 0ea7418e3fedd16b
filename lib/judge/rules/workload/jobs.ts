import type { Pointer } from '../../../issue';
import { isMap } from '../../defaults';
import { parsePath, valueAt } from '../path';
import type { Rule, Tell } from '../rule';
import { checkTable, table } from '../tables';

interface JobSpec {
  readonly completionMode?: string;
  readonly completions?: number;
  readonly parallelism?: number;
  readonly backoffLimitPerIndex?: number;
  readonly maxFailedIndexes?: number;
  readonly podFailurePolicy?: object;
  readonly successPolicy?: object;
  readonly manualSelector?: boolean;
  readonly selector?: object;
  readonly template?: { readonly spec?: { readonly restartPolicy?: string } };
}

const FIELDS = table({
  parallelism: 0,
  completions: 0,
  activeDeadlineSeconds: 0,
  backoffLimit: 0,
  ttlSecondsAfterFinished: 0,
  backoffLimitPerIndex: 0,
  maxFailedIndexes: 0,
  completionMode: ['NonIndexed', 'Indexed'],
  podReplacementPolicy: ['TerminatingOrFailed', 'Failed'],
});
const PLACES: Readonly<Record<string, string>> = { Job: 'spec', CronJob: 'spec.jobTemplate.spec' };
const INDEXED_ONLY = ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'] as const;

/** How often a Job tries, and how it counts what is done. */
export const jobs: Rule<{ readonly kind: string }> = {
  id: 'jobs',
  class: 'apiserver',
  kinds: ['batch/v1/Job', 'batch/v1/CronJob'],
  check(object, tell) {
    const at = parsePath(PLACES[object.kind] ?? '');
    const spec = valueAt(object, at);
    if (isMap(spec)) checkJob(spec as JobSpec, object.kind, at, tell);
  },
};

function checkJob(spec: JobSpec, kind: string, at: Pointer, tell: Tell): void {
  checkTable(FIELDS, spec, at, tell);
  const indexed = spec.completionMode === 'Indexed';
  // A Job without both gets one of each (SetDefaults_Job, Kubernetes v1.36.1); the template of a CronJob does not.
  const defaulted = kind === 'Job' && spec.parallelism === undefined;
  if (indexed && spec.completions === undefined && !defaulted)
    tell(at, 'completionMode Indexed needs completions');
  for (const field of INDEXED_ONLY) {
    if (!indexed && spec[field] !== undefined) tell([...at, field], 'needs completionMode Indexed');
  }
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined) {
    tell([...at, 'maxFailedIndexes'], 'needs backoffLimitPerIndex');
  }
  const restart = spec.template?.spec?.restartPolicy;
  if (spec.podFailurePolicy !== undefined && restart === 'OnFailure') {
    tell([...at, 'podFailurePolicy'], 'needs restartPolicy Never');
  }
  const manual = spec.manualSelector === true;
  if (spec.selector !== undefined && (kind === 'CronJob' || !manual)) {
    tell([...at, 'selector'], 'is made by Kubernetes: leave it out');
  }
  if (kind === 'CronJob' && manual) tell([...at, 'manualSelector'], 'is not for CronJobs');
}
