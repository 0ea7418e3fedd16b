import type { Pointer } from '../../issue';
import type { Problem } from '../names';
import { type Path, parsePath, visitPath } from './path';
import type { Tell } from './rule';

/** What may stand at a path: one of some words, a name, or a number of at least so much. */
type Allowed = readonly string[] | Problem | number;

/** Paths and what may stand there. */
export type Table = readonly (readonly [path: Path, allowed: Allowed])[];

/** A table as it is written. */
export function table(rows: Readonly<Record<string, Allowed>>): Table {
  return Object.entries(rows).map(([path, allowed]) => [parsePath(path), allowed]);
}

/** Tells of every value that a table does not allow. */
export function checkTable(rows: Table, object: unknown, at: Pointer, tell: Tell): void {
  for (const [path, allowed] of rows) {
    visitPath(
      object,
      path,
      (value, pointer) => {
        const problem = problemOf(allowed, value);
        if (problem !== undefined) tell(pointer, problem);
      },
      at,
    );
  }
}

function problemOf(allowed: Allowed, value: unknown): string | undefined {
  if (typeof allowed === 'number') {
    return typeof value === 'number' && value < allowed ? `must be at least ${allowed}` : undefined;
  }
  if (typeof value !== 'string') return undefined;
  if (typeof allowed === 'function') return allowed(value);
  return allowed.includes(value) ? undefined : `must be ${listOf(allowed)}, not ${JSON.stringify(value)}`;
}

/** Words as people list them: `"a", "b" or "c"`. */
export function listOf(words: readonly string[]): string {
  const quoted = words.map((word) => JSON.stringify(word));
  const last = quoted.pop();
  return quoted.length === 0 ? String(last) : `${quoted.join(', ')} or ${last}`;
}

/** A name that may be empty: Go cannot tell an empty text from none. */
export function optional(problem: Problem): Problem {
  return (text) => (text === '' ? undefined : problem(text));
}

/** A text that must not be empty. */
export const required: Problem = (text) => (text === '' ? 'must not be empty' : undefined);
