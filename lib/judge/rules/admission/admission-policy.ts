import type { LabelSelector } from '../../../../imports/core';
import type { Rule } from '../rule';
import { checkSelector } from '../selectors';
import { checkTable, required, table } from '../tables';

interface Matching {
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
  readonly resourceRules?: readonly object[];
}

interface Policy {
  readonly kind: string;
  readonly spec?: {
    readonly matchConstraints?: Matching;
    readonly validations?: readonly object[];
    readonly auditAnnotations?: readonly object[];
    readonly mutations?: readonly object[];
    readonly reinvocationPolicy?: string;
  };
}

const FIELDS = table({
  'spec.failurePolicy': ['Fail', 'Ignore'],
  'spec.matchConstraints.matchPolicy': ['Exact', 'Equivalent'],
  'spec.paramKind.apiVersion': required,
  'spec.paramKind.kind': required,
  'spec.validations[].expression': required,
  'spec.validations[].reason': ['Forbidden', 'Invalid', 'RequestEntityTooLarge', 'Unauthorized'],
  'spec.variables[].name': (name) =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? undefined : 'must be a name of CEL',
  'spec.variables[].expression': required,
  'spec.matchConditions[].expression': required,
  'spec.reinvocationPolicy': ['Never', 'IfNeeded'],
});

/** What an admission policy looks at, and that it says something. */
export const admissionPolicy: Rule<Policy> = {
  id: 'admission-policy',
  class: 'apiserver',
  kinds: ['ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy'].map(
    (kind) => `admissionregistration.k8s.io/v1/${kind}`,
  ),
  check(object, tell) {
    checkTable(FIELDS, object, [], tell);
    const { kind, spec = {} } = object;
    const { matchConstraints: matching, validations = [], auditAnnotations = [], mutations = [] } = spec;
    if (matching?.resourceRules === undefined || matching.resourceRules.length === 0) {
      tell(['spec'], 'needs matchConstraints.resourceRules');
    }
    for (const field of ['namespaceSelector', 'objectSelector'] as const) {
      checkSelector(matching?.[field], ['spec', 'matchConstraints', field], tell);
    }
    if (kind === 'MutatingAdmissionPolicy' && spec.reinvocationPolicy === undefined) {
      tell(['spec'], 'needs reinvocationPolicy');
    }
    const says = kind === 'MutatingAdmissionPolicy' ? mutations : [...validations, ...auditAnnotations];
    if (says.length === 0) tell(['spec'], 'needs validations, auditAnnotations or mutations');
  },
};
