import { entries } from '../path';
import { isNative } from '../resources';
import type { Rule } from '../rule';

/** A quota on an extended resource counts requests only: under its bare name, or as a limit, it counts nothing. */
export const quotaKey: Rule<{ readonly spec?: { readonly hard?: Readonly<Record<string, unknown>> } }> = {
  id: 'quota-key',
  class: 'policy',
  kinds: ['v1/ResourceQuota'],
  check({ spec }, tell) {
    for (const [name, , at] of entries(spec?.hard, ['spec', 'hard'])) {
      const counts =
        isNative(name) || name.startsWith('requests.') || name.startsWith('count/') || isStorage(name);
      if (!counts) tell(at, `is never enforced: write requests.${name.replace(/^limits\./, '')}`);
    }
  },
};

/** Quotas on storage of a class, as in `gold.storageclass.storage.k8s.io/requests.storage`. */
function isStorage(name: string): boolean {
  return name.includes('.storageclass.storage.k8s.io/');
}
