import type { Rule } from '../rule';

/** etcd refuses more by default: --max-request-bytes (etcd v3.6), 1.5 MiB. */
const MOST_BYTES = 1.5 * 1024 * 1024;

/** An object is small enough to be stored. */
export const objectSize: Rule<object> = {
  id: 'object-size',
  class: 'apiserver',
  check(object, tell) {
    const bytes = sizeOf(object, MOST_BYTES);
    if (bytes > MOST_BYTES) tell([], `must have at most ${MOST_BYTES} bytes as JSON`);
  },
};

/** About how many bytes a value has as JSON; counting ends beyond `most`. */
function sizeOf(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length > most ? value.length : Buffer.byteLength(value) + 2;
  if (typeof value !== 'object' || value === null) return 4;
  let bytes = 2;
  for (const key in value) {
    bytes += sizeOf(Reflect.get(value, key), most) + (Array.isArray(value) ? 1 : key.length + 4);
    if (bytes > most) break;
  }
  return bytes;
}
