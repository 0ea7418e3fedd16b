import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap } from '../../../lib/judge/defaults';
import { canonical } from '../../../lib/judge/duplicates';

/** An object with the verdict of the API server's own code. */
export interface Case {
  readonly id: string;
  readonly expect: 'accept' | 'reject';
  readonly object?: unknown;
  /** The object in the cluster, for an update. */
  readonly old?: unknown;
  /** A document that is not JSON, in place of the object. */
  readonly raw?: string;
}

/** Sets a value at a path, or removes it. */
type Change = readonly [path: readonly (string | number)[], value?: unknown];

/** A line of a committed file: a whole case, or how it differs from the seed, the last whole case before it. */
type Line = Case | (Omit<Case, 'object'> & { readonly changes: readonly Change[] });

const FOLDER = __dirname;

/** The committed cases of an oracle. */
export function readCases(name: string): Case[] {
  const lines = readFileSync(join(FOLDER, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  let seed: unknown;
  return lines.map((text) => {
    const line = JSON.parse(text) as Line;
    if ('changes' in line) {
      const { changes, ...rest } = line;
      return { ...rest, object: changes.reduce(apply, structuredClone(seed)) };
    }
    seed = line.object;
    return line;
  });
}

/** Commits cases: those with an id that ends in `-seed` whole, the others by what they change. */
export function writeCases(name: string, cases: readonly Case[]): void {
  let seed: unknown;
  const lines = cases.map(({ id, expect, object, old, raw }): Line => {
    if (id.endsWith('-seed')) seed = object;
    else if (seed !== undefined) return { id, expect, changes: differences(seed, object, []) };
    return { id, expect, object, ...(old !== undefined && { old }), ...(raw !== undefined && { raw }) };
  });
  writeFileSync(join(FOLDER, `${name}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

function differences(before: unknown, after: unknown, path: readonly (string | number)[]): Change[] {
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => {
      if (!Object.hasOwn(after, key)) return [[[...path, key]] as const];
      return differences(before[key], after[key], [...path, key]);
    });
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => differences(item, after[index], [...path, index]));
  }
  return canonical({ before }) === canonical({ before: after }) ? [] : [[path, after]];
}

function apply(object: unknown, [path, ...value]: Change): unknown {
  const [last] = path.slice(-1);
  if (last === undefined) return value[0];
  const parent = path.slice(0, -1).reduce<object>((inner, key) => Reflect.get(inner, key), Object(object));
  if (value.length === 0) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value[0]);
  return object;
}
