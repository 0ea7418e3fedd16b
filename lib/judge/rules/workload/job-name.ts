import { isDns1123Label, isLabelValue } from '../../names';
import type { Rule } from '../rule';

interface Job {
  readonly metadata?: { readonly name?: string };
  readonly spec?: {
    readonly completionMode?: string;
    readonly completions?: number;
    readonly parallelism?: number;
    readonly manualSelector?: boolean;
  };
}

/** The name of a new Job is a label of its pods and, with an index, their host name (ValidateJob, Kubernetes v1.36.1). */
export const jobName: Rule<Job> = {
  id: 'job-name',
  class: 'apiserver',
  kinds: ['batch/v1/Job'],
  check({ metadata, spec = {} }, tell, { old }) {
    const name = metadata?.name;
    if (old !== undefined || name === undefined || name === '') return;
    const label = spec.manualSelector === true ? undefined : isLabelValue(name);
    if (label !== undefined) tell(['metadata', 'name'], `as a label of pods, ${label}`);
    const completions = spec.completions ?? (spec.parallelism === undefined ? 1 : 0);
    if (spec.completionMode !== 'Indexed' || completions < 1) return;
    const host = isDns1123Label(`${name}-${completions - 1}`);
    if (host !== undefined) tell(['metadata', 'name'], `with the index of a pod, ${host}`);
  },
};
