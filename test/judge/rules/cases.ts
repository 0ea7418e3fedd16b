import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { isMap } from '../../../lib/judge/defaults';
import type { KubernetesVersion } from '../../../lib/judge/version';

type Json = Readonly<Record<string, unknown>>;

/** What is changed in the smallest good object of a kind; `old` the same in the object in the cluster. */
export interface Case extends Json {
  readonly old?: Json;
  readonly class?: string;
  /** The rule of an operator that it breaks. */
  readonly upstream?: string;
  readonly version?: KubernetesVersion;
}

/** Objects that a rule accepts, and objects that it refuses. */
export interface Cases {
  readonly good: readonly Case[];
  readonly bad: readonly Case[];
}

function read<T>(file: string): Record<string, T> {
  return load(readFileSync(join(__dirname, file), 'utf8')) as Record<string, T>;
}

const SKELETONS = read<Json>('skeletons.yaml');

const NO_CASES = ['skeletons.yaml', 'upstream.yaml'];

/** The cases of every rule, by its id. */
export const CASES: Readonly<Record<string, Cases>> = Object.fromEntries(
  readdirSync(__dirname)
    .filter((file) => file.endsWith('.yaml') && !NO_CASES.includes(file))
    .flatMap((file) => Object.entries(read<Cases>(file))),
);

/** The smallest good object of every kind. */
export function skeletons(): object[] {
  return Object.keys(SKELETONS).map((kind) => objectOf(kind, {}));
}

/** The objects of a case, and for each the object in the cluster. */
export function objectsOf({
  old,
  class: _class,
  version: _version,
  upstream: _upstream,
  ...kinds
}: Case): [object, object?][] {
  return Object.entries(kinds).map(([kind, change]) => {
    const object = objectOf(kind, change);
    return old === undefined ? [object] : [object, objectOf(kind, old)];
  });
}

function objectOf(kind: string, change: unknown): object {
  const slash = kind.lastIndexOf('/');
  const named = { apiVersion: kind.slice(0, slash), kind: kind.slice(slash + 1) };
  return { ...named, ...(merge(SKELETONS[kind], change) as Json) };
}

/** Fields of the second over those of the first; null removes one, `{$repeat: n}` is a long text. */
function merge(base: unknown, change: unknown): unknown {
  if (!isMap(change)) return change;
  if (typeof change.$repeat === 'number') return 'a'.repeat(change.$repeat);
  const merged: Record<string, unknown> = { ...(isMap(base) ? base : {}) };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}

/** A rule of an operator: the id of ours, why no object alone can break it, or what a CRD refuses before. */
export type Upstream = string | Case;

/** Rules of operators, by operator and by the function that has them. */
export const UPSTREAM = read<Readonly<Record<string, Readonly<Record<string, Upstream>>>>>('upstream.yaml');
