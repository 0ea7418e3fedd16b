import type { Pointer } from '../issue';
import { isMap } from '../judge/defaults';

/** A field of an input file with its value. */
export interface Leaf {
  readonly pointer: Pointer;
  readonly value: unknown;
}

/** Every scalar of a file, and every empty list or map. */
export function leavesOf(value: unknown, pointer: Pointer = []): Leaf[] {
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : isMap(value)
      ? Object.entries(value)
      : [];
  if (entries.length === 0) return [{ pointer, value }];
  return entries.flatMap(([key, inner]) => leavesOf(inner, [...pointer, key]));
}

/** Other values that a field could have; undefined takes the field away. */
export function variantsOf(value: unknown): unknown[] {
  if (typeof value === 'number') return [value + 1, undefined];
  if (typeof value === 'boolean') return [!value];
  if (typeof value !== 'string') return [undefined];
  const amount = /^(\d+)([A-Za-z]+)$/.exec(value);
  return [amount === null ? `${value}x` : `${Number(amount[1]) + 1}${amount[2]}`, undefined];
}

/** A copy of a file with another value in one field. */
export function withValue<T>(file: T, pointer: Pointer, value: unknown): T {
  const copy = structuredClone(file);
  const parent = pointer.slice(0, -1).reduce<object>((inner, key) => Reflect.get(inner, key), copy as object);
  const last = pointer.at(-1) ?? '';
  if (value !== undefined) Reflect.set(parent, last, value);
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(parent, last);
  return copy;
}
