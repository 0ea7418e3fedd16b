import { items } from '../path';
import type { Rule } from '../rule';

interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

type Owned = { readonly metadata?: { readonly ownerReferences?: readonly Owner[] } };

/** Owners are named in full, and one of them at most is the controller. */
export const ownerReferences: Rule<Owned> = {
  id: 'owner-references',
  class: 'apiserver',
  check({ metadata }, tell) {
    const owners = items(metadata?.ownerReferences, ['metadata', 'ownerReferences']);
    for (const [owner, at] of owners) {
      for (const field of ['apiVersion', 'kind', 'name', 'uid'] as const) {
        if (owner[field] === '') tell([...at, field], 'must not be empty');
      }
    }
    const [, second] = owners.filter(([{ controller }]) => controller === true);
    if (second !== undefined) tell([...second[1], 'controller'], 'must be true for one owner only');
  },
};
