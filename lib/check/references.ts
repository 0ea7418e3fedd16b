import { compare, type Pointer } from '../issue';
import { suggest } from './did-you-mean';
import type { Report } from './reporter';

/** Where a key is looked up, as messages name it. */
export interface Catalogue {
  readonly what: string;
  readonly where: string;
  readonly keys: readonly string[];
}

/**
 * Reports a key that a catalogue does not have, with the nearest one.
 * Catalogues are looked up by own keys only, so `toString` is not found in one.
 */
export function checkKey(report: Report, pointer: Pointer, key: string, catalogue: Catalogue): boolean {
  if (catalogue.keys.includes(key)) return true;
  const nearest = suggest(key, catalogue.keys);
  const known = catalogue.keys.length === 0 ? 'it has none' : `it has: ${catalogue.keys.join(', ')}`;
  report(
    pointer,
    'unknown-reference',
    `${catalogue.what} "${key}" is not in ${catalogue.where}`,
    nearest === undefined ? known : `did you mean "${nearest}"? ${known}`,
    // The key of a map, such as the a10g of gpus, is itself what is wrong.
    pointer.at(-1) === key ? 'key' : undefined,
  );
  return false;
}

/** The keys of a part of a cluster file. */
export function keysOf(part: Readonly<Record<string, unknown>>, what: string, where: string): Catalogue {
  return { what, where, keys: Object.keys(part).sort(compare) };
}
