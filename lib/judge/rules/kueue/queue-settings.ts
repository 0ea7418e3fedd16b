import type { LabelSelector } from '../../../../imports/core';
import { parseQuantity } from '../../quantity';
import type { Rule } from '../rule';
import { checkSelector } from '../selectors';

interface Queue {
  readonly spec?: {
    readonly namespaceSelector?: LabelSelector;
    readonly fairSharing?: { readonly weight?: string | number };
  };
}

/** Who may use a queue, and its weight (webhooks of Kueue v0.19.2). */
export const queueSettings: Rule<Queue> = {
  id: 'queue-settings',
  class: 'controller',
  kinds: ['kueue.x-k8s.io/v1beta2/ClusterQueue', 'kueue.x-k8s.io/v1beta2/Cohort'],
  check({ spec = {} }, tell) {
    checkSelector(spec.namespaceSelector, ['spec', 'namespaceSelector'], tell);
    const weight = parseQuantity(spec.fairSharing?.weight ?? 1) ?? 0n;
    // In billionths: a weight of one billionth or less divides by nothing.
    if (weight < 0n || weight === 1n) tell(['spec', 'fairSharing', 'weight'], 'must be 0 or more than 1n');
  },
};
