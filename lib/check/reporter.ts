import type { Issue, Pointer } from '../issue';
import type { Document } from '../load/yaml';

/** Collects findings about one file: the message starts with the field, the place is its value, or its key. */
export type Report = (pointer: Pointer, rule: string, message: string, hint?: string, place?: 'key') => void;

/** A Report that appends to a list. */
export function reporter(document: Document, issues: Issue[]): Report {
  return (pointer, rule, message, hint, place) => {
    issues.push({
      level: 'error',
      rule,
      message: `${formatPointer(pointer)}: ${message}`,
      source: place === 'key' ? document.keyAt(pointer) : document.at(pointer),
      ...(hint === undefined ? {} : { hint }),
    });
  };
}

/** A pointer as people write it: `spec.ray.clusters[0].workers[1].max`. */
export function formatPointer(pointer: Pointer): string {
  return pointer
    .map((segment, index) =>
      typeof segment === 'number' ? `[${segment}]` : index === 0 ? segment : `.${segment}`,
    )
    .join('');
}
