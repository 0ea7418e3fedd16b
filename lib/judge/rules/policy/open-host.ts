import type { Ingress } from '../networking/ingress';
import { items } from '../path';
import type { Rule } from '../rule';

/** An Ingress for every host, or for a whole domain, takes requests that are meant for others. */
export const openHost: Rule<Ingress> = {
  id: 'open-host',
  class: 'policy',
  kinds: ['networking.k8s.io/v1/Ingress'],
  check({ spec = {} }, tell) {
    const seen = new Set<string>();
    for (const [{ host = '' }, at] of items(spec.rules, ['spec', 'rules'])) {
      if (host === '') tell(at, 'without a host takes the requests for every host');
      else if (host.startsWith('*')) tell([...at, 'host'], 'takes the requests for a whole domain');
      if (seen.has(host)) tell([...at, 'host'], `repeats the host "${host}"`);
      seen.add(host);
    }
  },
};
