import type { Pointer } from '../issue';
import { suggest } from './did-you-mean';
import type { Report } from './reporter';

/**
 * Reports a key that a catalogue does not have, with the nearest one.
 * Catalogues are looked up by own keys only, so `toString` is not found in one.
 */
export function checkKey(
  report: Report,
  pointer: Pointer,
  key: string,
  catalogue: { readonly what: string; readonly where: string; readonly keys: readonly string[] },
): boolean {
  if (catalogue.keys.includes(key)) return true;
  const nearest = suggest(key, catalogue.keys);
  const known = catalogue.keys.length === 0 ? 'it has none' : `it has: ${catalogue.keys.join(', ')}`;
  report(
    pointer,
    'unknown-reference',
    `${catalogue.what} "${key}" is not in ${catalogue.where}`,
    nearest === undefined ? known : `did you mean "${nearest}"? ${known}`,
  );
  return false;
}
