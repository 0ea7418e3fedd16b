import { isPathSegment } from '../../names';
import type { Rule } from '../rule';
import { checkTable, required, table } from '../tables';

interface Autoscaler {
  readonly spec?: {
    readonly minReplicas?: number;
    readonly maxReplicas: number;
    readonly scaleTargetRef: { readonly apiVersion?: string };
  };
}

const FIELDS = table({
  'spec.minReplicas': 1,
  'spec.scaleTargetRef.kind': (kind) => required(kind) ?? isPathSegment(kind),
  'spec.scaleTargetRef.name': (name) => required(name) ?? isPathSegment(name),
});

/** An autoscaler keeps a workload between one pod and some. */
export const autoscaler: Rule<Autoscaler> = {
  id: 'autoscaler',
  class: 'apiserver',
  kinds: ['autoscaling/v1/HorizontalPodAutoscaler', 'autoscaling/v2/HorizontalPodAutoscaler'],
  check(object, tell, { old }) {
    checkTable(FIELDS, object, [], tell);
    if (object.spec === undefined) return;
    const { minReplicas = 1, maxReplicas, scaleTargetRef } = object.spec;
    if (maxReplicas < Math.max(minReplicas, 1)) tell(['spec', 'maxReplicas'], 'must be at least minReplicas');
    // An update may keep one without (pkg/registry/autoscaling, Kubernetes v1.36.1).
    if (old === undefined && !/^[^/]+\/[^/]*$/.test(scaleTargetRef.apiVersion ?? ''))
      tell(['spec', 'scaleTargetRef', 'apiVersion'], 'must have a group, as in apps/v1');
  },
};
