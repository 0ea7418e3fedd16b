import { isQualifiedName } from '../../names';
import { items } from '../path';
import type { Rule } from '../rule';

type Finalized = { readonly metadata?: { readonly finalizers?: readonly string[] } };

/** Names of finalizers. */
export const finalizers: Rule<Finalized> = {
  id: 'finalizers',
  class: 'apiserver',
  check({ metadata }, tell) {
    for (const [name, pointer] of items(metadata?.finalizers, ['metadata', 'finalizers'])) {
      const problem = isQualifiedName(name);
      if (problem !== undefined) tell(pointer, problem);
    }
  },
};
