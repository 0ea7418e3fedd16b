import { compare } from '../issue';
import type { Schema } from '../model/schema';
import { isMap } from './defaults';

/** A text that two JSON values share exactly when they are equal, whatever the order of their keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isMap(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compare(a, b))) : inner,
  );
}

/** An item that repeats the key of an earlier one; the key as JSON. */
export interface Duplicate {
  readonly index: number;
  readonly key: string;
}

/** The repeated items of lists that the schema calls a set or a map. */
export function findDuplicates(schema: Schema, items: readonly unknown[]): Duplicate[] {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'set' && type !== 'map') return [];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = canonical(
      type === 'map' && isMap(item) ? Object.fromEntries(keys.map((name) => [name, item[name]])) : item,
    );
    if (seen.has(key)) return [{ index, key }];
    seen.add(key);
    return [];
  });
}
