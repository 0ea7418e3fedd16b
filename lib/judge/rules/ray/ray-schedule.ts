import { scheduleProblem } from '../cron';
import type { Rule } from '../rule';

/** When a schedule starts jobs. */
export const raySchedule: Rule<{ readonly spec?: { readonly schedule?: string } }> = {
  id: 'ray-schedule',
  class: 'controller',
  kinds: ['ray.io/v1/RayCronJob'],
  check({ spec }, tell) {
    const problem = scheduleProblem(spec?.schedule ?? '');
    if (problem !== undefined) tell(['spec', 'schedule'], problem);
  },
};
