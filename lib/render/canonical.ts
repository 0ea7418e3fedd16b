import { formatPointer } from '../check/reporter';
import { compare, type Pointer } from '../issue';

/** JSON without null. Mappings are Maps: an object would put `9` before `10` and lose `__proto__`. */
export type Canonical = string | number | boolean | Canonical[] | Map<string, Canonical>;

/** Keys that come first in every mapping, because people look for them first; the others by code unit. */
const FIRST = ['apiVersion', 'kind', 'metadata', 'name', 'namespace', 'labels', 'annotations'];
const RANK: ReadonlyMap<string, number> = new Map(FIRST.map((key, rank) => [key, rank]));

// js-yaml reads at most 100 levels by default.
const MAX_DEPTH = 100;

// go-yaml v2 refuses the escape of a lone surrogate, and UTF-8 cannot hold one.
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A copy in canonical key order, without undefined fields. Throws an Error that names the place of anything
 * that a manifest cannot hold (null, NaN, a Date, a cycle): our charts made it, so it is not a user's mistake.
 */
export function canonical(value: unknown, path: (string | number)[] = []): Canonical {
  switch (typeof value) {
    case 'string':
      if (!LONE_SURROGATE.test(value)) return value;
      break;
    case 'boolean':
      return value;
    case 'number':
      // Minus zero would be written as -0.0, which no integer field accepts.
      if (Number.isFinite(value)) return value === 0 ? 0 : value;
      break;
    case 'object':
      if (path.length >= MAX_DEPTH) break;
      if (Array.isArray(value)) return value.map((item: unknown, index) => child(item, index, path));
      if (isPlain(value)) return mapping(value, path);
  }
  throw new Error(`${nameValueAt(path)} is ${describe(value)}: a manifest cannot hold that`);
}

function mapping(object: Readonly<Record<string, unknown>>, path: (string | number)[]): Canonical {
  const result = new Map<string, Canonical>();
  for (const key of Object.keys(object).sort(compareKeys)) {
    if (object[key] !== undefined) result.set(canonicalKey(key, path), child(object[key], key, path));
  }
  return result;
}

function compareKeys(a: string, b: string): number {
  return (RANK.get(a) ?? FIRST.length) - (RANK.get(b) ?? FIRST.length) || compare(a, b);
}

// YAML reads a key on one line of at most 1024 characters; one character is escaped by up to six.
const MAX_KEY = 1024 / 6 - 2;
const LONG_KEY = 512;

function canonicalKey(key: string, path: Pointer): string {
  const isLong = key.length > MAX_KEY && (key.length > LONG_KEY || /[^ -~]/.test(key));
  if (!isLong && !key.includes('\n') && !LONE_SURROGATE.test(key)) return key;
  const problem = isLong ? 'too long' : key.includes('\n') ? 'text of several lines' : describe(key);
  throw new Error(`a key of ${nameValueAt(path)} is ${problem}: a manifest cannot hold that`);
}

function child(value: unknown, segment: string | number, path: (string | number)[]): Canonical {
  path.push(segment);
  const result = canonical(value, path);
  path.pop();
  return result;
}

/** An object literal, also one of another realm: its prototype is null or the end of the chain. */
function isPlain(value: object | null): value is Readonly<Record<string, unknown>> {
  if (value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameValueAt(path: Pointer): string {
  return formatPointer(path) || 'the document';
}

function describe(value: unknown): string {
  if (typeof value === 'string') return 'text with half a surrogate pair';
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value) || isPlain(value)) return `nested more than ${MAX_DEPTH} levels deep`;
  return `an instance of ${value.constructor.name}`;
}
