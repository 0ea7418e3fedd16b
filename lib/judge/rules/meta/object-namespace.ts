import { isDns1123Label } from '../../names';
import type { Rule } from '../rule';
import { optional } from '../tables';

type Namespaced = { readonly metadata?: { readonly namespace?: string } };

/** The namespace is the name of one. */
export const objectNamespace: Rule<Namespaced> = {
  id: 'object-namespace',
  class: 'apiserver',
  check({ metadata: { namespace = '' } = {} }, tell) {
    const problem = optional(isDns1123Label)(namespace);
    if (problem !== undefined) tell(['metadata', 'namespace'], problem);
  },
};
