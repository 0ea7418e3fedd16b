import { items } from '../path';
import type { Rule } from '../rule';
import { listOf, required } from '../tables';

interface Change {
  readonly expression?: string;
}

interface Mutation {
  readonly patchType?: string;
  readonly applyConfiguration?: Change;
  readonly jsonPatch?: Change;
}

/** The field that holds the patch of each type. */
const FIELDS = { ApplyConfiguration: 'applyConfiguration', JSONPatch: 'jsonPatch' } as const;
const TYPES = ['ApplyConfiguration', 'JSONPatch'] as const;

/** A mutation says how it changes an object, in one way (validateMutation, Kubernetes v1.36.1). */
export const admissionMutations: Rule<{ readonly spec?: { readonly mutations?: readonly Mutation[] } }> = {
  id: 'admission-mutations',
  class: 'apiserver',
  kinds: ['admissionregistration.k8s.io/v1/MutatingAdmissionPolicy'],
  check({ spec }, tell) {
    for (const [mutation, at] of items(spec?.mutations, ['spec', 'mutations'])) {
      if (!TYPES.some((type) => type === mutation.patchType)) tell(at, `needs patchType ${listOf(TYPES)}`);
      for (const type of TYPES) {
        const field = FIELDS[type];
        const change = mutation[field];
        if (type !== mutation.patchType) {
          if (change !== undefined) tell([...at, field], `needs patchType ${type}`);
        } else if (required(change?.expression?.trim() ?? '')) tell(at, `needs ${field}.expression`);
      }
    }
  },
};
