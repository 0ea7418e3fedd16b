import type { Pointer } from '../../issue';
import { isMap } from '../defaults';

/** A way to values inside an object: names of fields, `[]` for every item of a list, `{}` for every value of a map. */
export type Path = readonly string[];

/** A path as it is written: `spec.ports[].name`, `spec.limits{}`. */
export function parsePath(text: string): Path {
  return text === ''
    ? []
    : text
        .replace(/(\[\]|\{\})/g, '.$1')
        .replace(/^\./, '')
        .split('.');
}

/** Visits every value at a path that is there. */
export function visitPath(
  value: unknown,
  path: Path,
  visit: (value: unknown, pointer: Pointer) => void,
  pointer: Pointer = [],
): void {
  const [segment, ...rest] = path;
  if (value === undefined || value === null) return;
  if (segment === undefined) visit(value, pointer);
  else if (segment === '[]') {
    if (!Array.isArray(value)) return;
    for (const [index, item] of value.entries()) visitPath(item, rest, visit, [...pointer, index]);
  } else if (isMap(value)) {
    const keys = segment === '{}' ? Object.keys(value) : [segment];
    for (const key of keys)
      if (Object.hasOwn(value, key)) visitPath(value[key], rest, visit, [...pointer, key]);
  }
}

/** The value at a path of fields; undefined where it is not there. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isMap(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );
}

/** Items of a list that may not be there, each with its pointer. */
export function items<T>(list: readonly T[] | undefined, pointer: Pointer): [item: T, pointer: Pointer][] {
  return (list ?? []).map((item, index) => [item, [...pointer, index]]);
}

/** Entries of a map that may not be there, each with its pointer. */
export function entries<T>(
  map: Readonly<Record<string, T>> | undefined,
  pointer: Pointer,
): [key: string, value: T, pointer: Pointer][] {
  return Object.entries(map ?? {}).map(([key, value]) => [key, value, [...pointer, key]]);
}
