import { type Issue, type Pointer, sortIssues } from '../issue';
import { withHint } from './hint';

/** Issues as JSON for programs: one object with a count of objects and every issue. */
export function formatJson(issues: readonly Issue[], objects: number): string {
  const errors = issues.filter(({ level }) => level === 'error');
  const summary = { objects, invalid: new Set(errors.map(placeOf)).size };
  return `${JSON.stringify({ summary, issues: sortIssues(issues).map(plain) }, null, 2)}\n`;
}

/** A JSON pointer (RFC 6901): `/spec/containers/0/image`. */
export function jsonPointer(pointer: Pointer): string {
  return pointer.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Two issues are about the same object when they stand in the same document of a file, or in the same file. */
function placeOf({ source, object }: Issue): string {
  return JSON.stringify([source?.file, source?.document ?? object]);
}

function plain({ level, class: judge, rule, message, hint, source, object, pointer }: Issue): object {
  return {
    level,
    class: judge,
    rule,
    message: withHint(message, hint),
    source,
    object,
    pointer: pointer && jsonPointer(pointer),
  };
}
