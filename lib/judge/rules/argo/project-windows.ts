import { scheduleProblem } from '../cron';
import { isDuration } from '../duration';
import { items } from '../path';
import type { Rule } from '../rule';

interface Window {
  readonly kind?: string;
  readonly schedule?: string;
  readonly duration?: string;
  readonly timeZone?: string;
  readonly description?: string;
  readonly andOperator?: boolean;
  readonly applications?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly clusters?: readonly string[];
}

/** When Argo CD may sync (AppProject.ValidateProject and SyncWindow.Validate of Argo CD v3.5.3). */
export const projectWindows: Rule<{ readonly spec?: { readonly syncWindows?: readonly Window[] } }> = {
  id: 'project-windows',
  class: 'controller',
  kinds: ['argoproj.io/v1alpha1/AppProject'],
  check({ spec }, tell) {
    const seen = new Set<string>();
    for (const [window, at] of items(spec?.syncWindows, ['spec', 'syncWindows'])) {
      const { kind = '', schedule = '', duration = '', description = '' } = window;
      const {
        applications = [],
        namespaces = [],
        clusters = [],
        timeZone = '',
        andOperator = false,
      } = window;
      if (kind !== 'allow' && kind !== 'deny') tell([...at, 'kind'], 'must be allow or deny');
      const problem = schedule.trim().startsWith('@') ? 'must have five fields' : scheduleProblem(schedule);
      if (problem !== undefined) tell([...at, 'schedule'], problem);
      if (!isDuration(duration)) tell([...at, 'duration'], 'must be a duration such as "1h"');
      if (Buffer.byteLength(description) > 255) tell([...at, 'description'], 'must have at most 255 bytes');
      if (applications.length + namespaces.length + clusters.length === 0)
        tell(at, 'needs applications, namespaces or clusters');
      const identity = JSON.stringify([
        ...[kind, schedule, duration, timeZone, andOperator],
        ...[applications, namespaces, clusters],
      ]);
      if (seen.has(identity)) tell(at, 'repeats a window');
      seen.add(identity);
    }
  },
};
