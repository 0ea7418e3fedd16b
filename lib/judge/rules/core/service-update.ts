import { isMap } from '../../defaults';
import type { Rule } from '../rule';

interface Spec {
  readonly type?: string;
  readonly clusterIP?: string;
}

/** A Service keeps its address while it is of a type that has one (ValidateServiceUpdate, Kubernetes v1.36.1). */
export const serviceUpdate: Rule<{ readonly spec?: Spec }> = {
  id: 'service-update',
  class: 'apiserver',
  kinds: ['v1/Service'],
  hint: 'leave spec.clusterIP out: the Service keeps the address that it has',
  check({ spec: now = {} }, tell, { old }) {
    const before: Spec = isMap(old) && isMap(old.spec) ? old.spec : {};
    if ([now.type, before.type].includes('ExternalName')) return;
    // What is not written is taken over.
    if (!before.clusterIP || !now.clusterIP || before.clusterIP === now.clusterIP) return;
    tell(['spec', 'clusterIP'], `cannot be changed from ${before.clusterIP}`);
  },
};
