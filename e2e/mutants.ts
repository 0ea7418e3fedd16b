import { isMap } from '../lib/judge/defaults';

type Path = readonly (string | number)[];
type Random = () => number;

/** Values that stand on the edge of what some field takes. */
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  65536,
  2147483648,
  '',
  'a',
  'A',
  'a b',
  '-a',
  'a.b',
  'a/b',
  'true',
  '0',
  '10%',
  '101%',
  '1Gi',
  '1.5Gb',
  '500m',
  '-1',
  '30s',
  '10.0.0.0/8',
  '10.0.0.1/8',
  'x'.repeat(64),
  'x'.repeat(254),
  [],
  {},
  ['a', 'a'],
  [{}],
  { a: 'b' },
  { 'a b': 'c' },
];

/** Mutants of objects by a seed: the same seed gives the same ones. Each has one or two changes below metadata and spec. */
export function* mutants<T extends object>(seeds: readonly T[], count: number, seed: number): Generator<T> {
  const random = generator(seed);
  const pick = <V>(list: readonly V[]): V | undefined => list[Math.floor(random() * list.length)];
  for (let index = 0; index < count; index++) {
    const mutant = structuredClone(pick(seeds) as T);
    const changes = random() < 0.7 ? 1 : 2;
    for (let change = 0; change < changes; change++) mutate(mutant, pick, random);
    yield mutant;
  }
}

function mutate(object: object, pick: <V>(list: readonly V[]) => V | undefined, random: Random): void {
  const paths = pathsOf(object, []).filter((path) => isOpen(path));
  const path = pick(paths);
  // Everything that may change was removed before.
  if (path === undefined) return;
  const last = path.at(-1) ?? '';
  const parent = path.slice(0, -1).reduce<object>((inner, key) => Reflect.get(inner, key), object);
  const kind = random();
  if (kind < 0.25) remove(parent, last);
  else if (kind < 0.65) Reflect.set(parent, last, structuredClone(pick(VALUES)));
  else if (kind < 0.8) Reflect.set(parent, last, structuredClone(valueAt(object, pick(paths) ?? [])));
  else if (kind < 0.9) rename(parent, last, random);
  else repeat(parent, last);
}

/** Not what says which object it is, and where it goes. */
function isOpen([first, second]: Path): boolean {
  if (first === 'apiVersion' || first === 'kind' || first === 'status') return false;
  return first !== 'metadata' || (second !== undefined && second !== 'namespace');
}

function remove(parent: object, key: string | number): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
}

/** A slip in the name of a field, or a letter of other case in a text. */
function rename(parent: object, key: string | number, random: Random): void {
  const value: unknown = Reflect.get(parent, key);
  if (typeof value === 'string' && random() < 0.5) {
    Reflect.set(parent, key, value.charAt(0).toUpperCase() + value.slice(1));
  } else if (typeof key === 'string') {
    Reflect.deleteProperty(parent, key);
    Reflect.set(parent, `${key}x`, value);
  }
}

function repeat(parent: object, key: string | number): void {
  const value: unknown = Reflect.get(parent, key);
  if (Array.isArray(parent)) parent.push(structuredClone(value));
  else if (Array.isArray(value) && value.length > 0) value.push(structuredClone(value[0]));
  else Reflect.set(parent, key, [value]);
}

function pathsOf(value: unknown, at: Path): Path[] {
  const inner = Array.isArray(value) ? [...value.entries()] : isMap(value) ? Object.entries(value) : [];
  return inner.flatMap(([key, child]) => [[...at, key], ...pathsOf(child, [...at, key])]);
}

function valueAt(object: object, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), object);
}

/** Numbers from 0 to 1 by a seed: mulberry32. */
function generator(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
