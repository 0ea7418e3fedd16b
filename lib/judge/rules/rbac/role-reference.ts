import { isPathSegment } from '../../names';
import type { Rule } from '../rule';
import { listOf } from '../tables';

interface Binding {
  readonly kind: string;
  readonly roleRef: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
}

const GROUP = 'rbac.authorization.k8s.io';

/** A binding names a role that it can bind. */
export const roleReference: Rule<Binding> = {
  id: 'role-reference',
  class: 'apiserver',
  kinds: [`${GROUP}/v1/RoleBinding`, `${GROUP}/v1/ClusterRoleBinding`],
  check({ kind, roleRef }, tell) {
    const kinds = kind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'];
    if (!kinds.includes(roleRef.kind)) tell(['roleRef', 'kind'], `must be ${listOf(kinds)}`);
    // An empty group stands for this one.
    if ((roleRef.apiGroup ?? '') !== '' && roleRef.apiGroup !== GROUP)
      tell(['roleRef', 'apiGroup'], `must be ${GROUP}`);
    const problem = roleRef.name === '' ? 'must not be empty' : isPathSegment(roleRef.name);
    if (problem !== undefined) tell(['roleRef', 'name'], problem);
  },
};
