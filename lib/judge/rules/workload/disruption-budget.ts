import type { LabelSelector } from '../../../../imports/core';
import { portionProblem } from '../amounts';
import type { Rule } from '../rule';
import { checkSelector } from '../selectors';

interface Budget {
  readonly spec?: {
    readonly minAvailable?: number | string;
    readonly maxUnavailable?: number | string;
    readonly selector?: LabelSelector;
    readonly unhealthyPodEvictionPolicy?: string;
  };
}

/** How many pods may be missing, or must be there: one of both. */
export const disruptionBudget: Rule<Budget> = {
  id: 'disruption-budget',
  class: 'apiserver',
  kinds: ['policy/v1/PodDisruptionBudget'],
  check({ spec = {} }, tell) {
    const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec;
    if (minAvailable !== undefined && maxUnavailable !== undefined) {
      tell(['spec'], 'must have only one of minAvailable and maxUnavailable');
    }
    for (const [field, share] of Object.entries({ minAvailable, maxUnavailable })) {
      const problem = share === undefined ? undefined : portionProblem(share);
      if (problem !== undefined) tell(['spec', field], problem);
    }
    checkSelector(selector, ['spec', 'selector'], tell);
    if (policy !== undefined && policy !== 'IfHealthyBudget' && policy !== 'AlwaysAllow') {
      tell(['spec', 'unhealthyPodEvictionPolicy'], 'must be IfHealthyBudget or AlwaysAllow');
    }
  },
};
