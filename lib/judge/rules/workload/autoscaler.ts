import type { Rule } from '../rule';

interface Autoscaler {
  readonly spec?: {
    readonly minReplicas?: number;
    readonly maxReplicas: number;
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
  };
}

/** An autoscaler keeps a workload between one pod and some. */
export const autoscaler: Rule<Autoscaler> = {
  id: 'autoscaler',
  class: 'apiserver',
  kinds: ['autoscaling/v1/HorizontalPodAutoscaler', 'autoscaling/v2/HorizontalPodAutoscaler'],
  check({ spec }, tell) {
    if (spec === undefined) return;
    const { minReplicas = 1, maxReplicas, scaleTargetRef } = spec;
    if (minReplicas < 1) tell(['spec', 'minReplicas'], 'must be at least 1');
    if (maxReplicas < Math.max(minReplicas, 1)) tell(['spec', 'maxReplicas'], 'must be at least minReplicas');
    for (const field of ['kind', 'name'] as const) {
      if (scaleTargetRef[field] === '') tell(['spec', 'scaleTargetRef', field], 'must not be empty');
    }
  },
};
