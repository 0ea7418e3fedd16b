import type { Ingress } from '../networking/ingress';
import { items } from '../path';
import type { Rule } from '../rule';

/** RFC 1035, 2.3.4. */
const LONGEST = 63;

/** A label of a host that no name server can answer for; the API server counts the whole name only. */
export const longLabel: Rule<Ingress> = {
  id: 'long-label',
  class: 'policy',
  kinds: ['networking.k8s.io/v1/Ingress'],
  check({ spec = {} }, tell) {
    for (const [{ host = '' }, at] of items(spec.rules, ['spec', 'rules'])) {
      if (host.split('.').some((label) => label.length > LONGEST)) {
        tell([...at, 'host'], `has a label of more than ${LONGEST} characters, which DNS cannot hold`);
      }
    }
  },
};
