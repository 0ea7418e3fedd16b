import type { Issue, Pointer } from '../issue';
import type { Document } from '../load/yaml';

/** Collects findings about one file: the message starts with the field, the place is its value, or its key. */
export type Report = (pointer: Pointer, rule: string, message: string, hint?: string, place?: 'key') => void;

/** A file, or what is left of it without the parts that its schema refuses. */
export interface Checked extends Document {
  /** Places of parts that were taken out. Default: none was. */
  readonly removed?: readonly Pointer[];
}

/**
 * Rules whose findings do not depend on what else the file says: they hold also for what is left of a broken file. A
 * worker without its GPU type, for one, would be told that it needs cores.
 */
export const SURE: ReadonlySet<string> = new Set([
  'budget-order',
  'dataset-not-granted',
  'dedicated-pool',
  'duplicate-group',
  'duplicate-host',
  'duplicate-member',
  'duplicate-name',
  'duplicate-role',
  'host',
  'idle-timeout',
  'managed-variable',
  'min-max',
  'platform-role',
  'reserved-name',
  'time-zone',
  'unknown-reference',
  'worker-range',
]);

/** A Report that appends to a list. */
export function reporter(document: Checked, issues: Issue[]): Report {
  const { removed } = document;
  return (pointer, rule, message, hint, place) => {
    if (removed !== undefined && (!SURE.has(rule) || removed.some((gone) => isWithin(pointer, gone)))) return;
    issues.push({
      level: 'error',
      rule,
      message: `${formatPointer(pointer)}: ${message}`,
      source: place === 'key' ? document.keyAt(pointer) : document.at(pointer),
      ...(hint === undefined ? {} : { hint }),
    });
  };
}

function isWithin(pointer: Pointer, place: Pointer): boolean {
  return place.every((segment, index) => pointer[index] === segment);
}

/** A pointer as people write it: `spec.ray.clusters[0].workers[1].max`. */
export function formatPointer(pointer: Pointer): string {
  return pointer
    .map((segment, index) =>
      typeof segment === 'number' ? `[${segment}]` : index === 0 ? segment : `.${segment}`,
    )
    .join('');
}
