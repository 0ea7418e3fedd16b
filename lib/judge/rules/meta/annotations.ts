import type { Pointer } from '../../../issue';
import { isQualifiedName } from '../../names';
import { entries } from '../path';
import type { Rule, Tell } from '../rule';
import type { Labels } from './labels';

/** k8s.io/apimachinery v0.36.1, TotalAnnotationSizeLimitB. */
const MOST_BYTES = 256 * 1024;

/** Keys of annotations, and their size. */
export const annotations: Rule<{ readonly metadata?: { readonly annotations?: Labels } }> = {
  id: 'annotations',
  class: 'apiserver',
  check({ metadata }, tell) {
    checkAnnotations(metadata?.annotations, ['metadata', 'annotations'], tell);
  },
};

/** Tells of keys that no annotation can have, and of more text than annotations may hold. */
export function checkAnnotations(map: Labels | undefined, at: Pointer, tell: Tell): void {
  let bytes = 0;
  for (const [key, value, pointer] of entries(map, at)) {
    const problem = isQualifiedName(key.toLowerCase());
    if (problem !== undefined) tell(pointer, `key ${problem}`);
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (bytes > MOST_BYTES) tell(at, `must have at most ${MOST_BYTES} bytes, has ${bytes}`);
}
