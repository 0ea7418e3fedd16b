import { MODES, type Moded, modesOf, near } from '../meta/pod-security-levels';
import type { Rule } from '../rule';

/** A slip in the key of a label of Pod Security switches it off. */
export const podSecurityLabels: Rule<Moded> = {
  id: 'pod-security-labels',
  class: 'policy',
  kinds: ['v1/Namespace'],
  check(namespace, tell) {
    for (const { mode, at } of modesOf(namespace)) {
      if (!MODES.includes(mode)) tell(at, `is no mode${near(mode, MODES)}`);
    }
  },
};
