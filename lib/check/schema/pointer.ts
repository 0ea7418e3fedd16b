import type { Pointer } from '../../issue';

/** Reads a JSON pointer (RFC 6901) beside the value it points into, to tell indexes from keys. */
export function toPointer(path: string, root: unknown): Pointer {
  let value = root;
  return path
    .split('/')
    .slice(1)
    .map((escaped) => {
      const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
      const segment = Array.isArray(value) ? Number(key) : key;
      value = Object(value)[segment];
      return segment;
    });
}
