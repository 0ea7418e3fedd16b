import { scheduleProblem } from '../cron';
import type { Rule } from '../rule';
import { isTimeZone } from '../time-zone';

/** When a schedule starts jobs (ValidateRayCronJobSpec of KubeRay v1.7.0). */
export const raySchedule: Rule<{
  readonly spec?: { readonly schedule?: string; readonly timeZone?: string };
}> = {
  id: 'ray-schedule',
  class: 'controller',
  kinds: ['ray.io/v1/RayCronJob'],
  check({ spec: { schedule = '', timeZone } = {} }, tell) {
    const problem = schedule.includes('TZ')
      ? 'must not have a time zone: use timeZone'
      : scheduleProblem(schedule);
    if (problem !== undefined) tell(['spec', 'schedule'], problem);
    if (timeZone !== undefined && timeZone !== 'Local' && !isTimeZone(timeZone))
      tell(['spec', 'timeZone'], 'is no known time zone');
  },
};
