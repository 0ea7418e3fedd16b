import type { Pointer } from '../../../issue';
import { isLabelValue, isQualifiedName } from '../../names';
import { entries } from '../path';
import type { Rule, Tell } from '../rule';

/** Labels of anything. */
export type Labels = Readonly<Record<string, string>>;

/** Keys and values of labels. */
export const labels: Rule<{ readonly metadata?: { readonly labels?: Labels } }> = {
  id: 'labels',
  class: 'apiserver',
  check({ metadata }, tell) {
    checkLabels(metadata?.labels, ['metadata', 'labels'], tell);
  },
};

/** Tells of every key and value that no label can have. */
export function checkLabels(map: Labels | undefined, at: Pointer, tell: Tell): void {
  for (const [key, value, pointer] of entries(map, at)) {
    const problem = isQualifiedName(key);
    if (problem !== undefined) tell(pointer, `key ${problem}`);
    const wrong = isLabelValue(value);
    if (wrong !== undefined) tell(pointer, `value ${wrong}`);
  }
}
