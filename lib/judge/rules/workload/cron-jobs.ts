import { scheduleProblem } from '../cron';
import type { Rule } from '../rule';
import { checkTable, table } from '../tables';
import { isTimeZone } from '../time-zone';

interface CronJob {
  readonly metadata?: { readonly name?: string };
  readonly spec?: { readonly schedule: string; readonly timeZone?: string };
}

const FIELDS = table({
  'spec.concurrencyPolicy': ['Allow', 'Forbid', 'Replace'],
  'spec.startingDeadlineSeconds': 0,
  'spec.successfulJobsHistoryLimit': 0,
  'spec.failedJobsHistoryLimit': 0,
});

/** The controller adds 11 characters to the name for each Job. */
const LONGEST_NAME = 63 - 11;

/** When a CronJob starts Jobs. */
export const cronJobs: Rule<CronJob> = {
  id: 'cron-jobs',
  class: 'apiserver',
  kinds: ['batch/v1/CronJob'],
  check(object, tell) {
    checkTable(FIELDS, object, [], tell);
    const { metadata: { name = '' } = {}, spec } = object;
    if (name.length > LONGEST_NAME)
      tell(['metadata', 'name'], `must have at most ${LONGEST_NAME} characters`);
    if (spec === undefined) return;
    const problem = spec.schedule.includes('TZ')
      ? 'must not have a time zone: use timeZone'
      : scheduleProblem(spec.schedule);
    if (problem !== undefined) tell(['spec', 'schedule'], problem);
    // Kubernetes refuses the zone of the machine, whatever its case.
    const { timeZone } = spec;
    if (timeZone !== undefined && (timeZone.toLowerCase() === 'local' || !isTimeZone(timeZone)))
      tell(['spec', 'timeZone'], 'is no known time zone');
  },
};
