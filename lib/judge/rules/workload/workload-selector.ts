import type { LabelSelector } from '../../../../imports/core';
import type { Rule } from '../rule';
import { checkSelector, selects } from '../selectors';

interface Workload {
  readonly spec?: {
    readonly selector?: LabelSelector;
    readonly template?: { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };
  };
}

/** A workload selects the pods that it makes. */
export const workloadSelector: Rule<Workload> = {
  id: 'workload-selector',
  class: 'apiserver',
  kinds: ['apps/v1/DaemonSet', 'apps/v1/Deployment', 'apps/v1/ReplicaSet', 'apps/v1/StatefulSet'],
  check({ spec = {} }, tell) {
    const { selector, template } = spec;
    if (selector === undefined) {
      tell(['spec'], 'needs a selector');
      return;
    }
    checkSelector(selector, ['spec', 'selector'], tell);
    const { matchLabels = {}, matchExpressions = [] } = selector;
    if (Object.keys(matchLabels).length + matchExpressions.length === 0) {
      tell(['spec', 'selector'], 'must not be empty');
    } else if (!selects(selector, template?.metadata?.labels ?? {})) {
      tell(['spec', 'template', 'metadata', 'labels'], 'must match the selector');
    }
  },
};
