import type { LabelSelector } from '../../../../imports/core';
import { items } from '../path';
import type { Rule } from '../rule';
import { checkSelector } from '../selectors';

interface PolicyRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

interface Role {
  readonly kind: string;
  readonly rules?: readonly PolicyRule[];
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly LabelSelector[] };
}

/** A rule of a role says what may be done with what. */
export const policyRules: Rule<Role> = {
  id: 'policy-rules',
  class: 'apiserver',
  kinds: ['rbac.authorization.k8s.io/v1/Role', 'rbac.authorization.k8s.io/v1/ClusterRole'],
  check({ kind, rules, aggregationRule }, tell) {
    for (const [rule, at] of items(rules, ['rules'])) {
      const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
      if (verbs.length === 0) tell(at, 'needs verbs');
      if (nonResourceURLs.length === 0) {
        if (apiGroups.length === 0) tell(at, 'needs apiGroups; "" is the core group');
        if (resources.length === 0) tell(at, 'needs resources');
        continue;
      }
      const pointer = [...at, 'nonResourceURLs'];
      if (kind === 'Role') tell(pointer, 'are for ClusterRoles');
      if (apiGroups.length + resources.length + resourceNames.length > 0)
        tell(pointer, 'cannot stand beside resources');
    }
    if (aggregationRule === undefined) return;
    const { clusterRoleSelectors = [] } = aggregationRule;
    if (clusterRoleSelectors.length === 0) tell(['aggregationRule'], 'needs clusterRoleSelectors');
    for (const [selector, at] of items(clusterRoleSelectors, ['aggregationRule', 'clusterRoleSelectors'])) {
      checkSelector(selector, at, tell);
    }
  },
};
