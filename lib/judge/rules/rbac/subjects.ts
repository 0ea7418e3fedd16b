import type { Pointer } from '../../../issue';
import { isDns1123Subdomain } from '../../names';
import { items } from '../path';
import type { Rule, Tell } from '../rule';

interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly apiGroup?: string;
}

const GROUP = 'rbac.authorization.k8s.io';

/** Who is bound: a service account of a namespace, a user or a group. */
export const subjects: Rule<{ readonly kind: string; readonly subjects?: readonly Subject[] }> = {
  id: 'subjects',
  class: 'apiserver',
  kinds: [`${GROUP}/v1/RoleBinding`, `${GROUP}/v1/ClusterRoleBinding`],
  check(binding, tell) {
    for (const [subject, at] of items(binding.subjects, ['subjects'])) {
      if (subject.name === '') tell([...at, 'name'], 'must not be empty');
      if (subject.kind === 'ServiceAccount') checkAccount(subject, binding.kind, at, tell);
      else if (subject.kind === 'User' || subject.kind === 'Group') {
        // An empty group stands for this one.
        if ((subject.apiGroup ?? GROUP) !== GROUP && subject.apiGroup !== '')
          tell([...at, 'apiGroup'], `must be ${GROUP}`);
      } else tell([...at, 'kind'], 'must be ServiceAccount, User or Group');
    }
  },
};

function checkAccount(
  { name, namespace = '', apiGroup = '' }: Subject,
  kind: string,
  at: Pointer,
  tell: Tell,
): void {
  const problem = name === '' ? undefined : isDns1123Subdomain(name);
  if (problem !== undefined) tell([...at, 'name'], problem);
  if (apiGroup !== '') tell([...at, 'apiGroup'], 'must be empty for a ServiceAccount');
  if (kind === 'ClusterRoleBinding' && namespace === '') tell(at, 'a ServiceAccount needs its namespace');
}
