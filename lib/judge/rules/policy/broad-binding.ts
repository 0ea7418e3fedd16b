import { items } from '../path';
import type { Rule } from '../rule';

interface Binding {
  readonly metadata?: { readonly namespace?: string };
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  }[];
}

const EVERYBODY = [
  'system:authenticated',
  'system:unauthenticated',
  'system:masters',
  'system:serviceaccounts',
];

/** A binding in a namespace that gives all rights, or gives rights to everybody. */
export const broadBinding: Rule<Binding> = {
  id: 'broad-binding',
  class: 'policy',
  kinds: ['rbac.authorization.k8s.io/v1/RoleBinding'],
  check({ roleRef, subjects }, tell) {
    if (roleRef.kind === 'ClusterRole' && roleRef.name === 'cluster-admin') {
      tell(['roleRef', 'name'], 'gives every right in this namespace, its quota and its policies included');
    }
    for (const [{ kind, name }, at] of items(subjects, ['subjects'])) {
      if (kind === 'Group' && EVERYBODY.includes(name)) tell([...at, 'name'], 'is a group of everybody');
    }
  },
};
