import { type Amounts, checkAmounts, checkNames, quotaResource } from '../resources';
import type { Rule } from '../rule';

type Quota = { readonly spec?: { readonly hard?: Amounts } };

/** What a quota counts, and how much of it there may be. */
export const quotaResources: Rule<Quota> = {
  id: 'quota-resources',
  class: 'apiserver',
  kinds: ['v1/ResourceQuota'],
  check({ spec }, tell) {
    checkNames(spec?.hard, ['spec', 'hard'], quotaResource, tell);
    checkAmounts(spec?.hard, ['spec', 'hard'], tell);
  },
};
