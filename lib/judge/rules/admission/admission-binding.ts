import { isDns1123Subdomain } from '../../names';
import type { Rule } from '../rule';
import { checkTable, table } from '../tables';

interface Binding {
  readonly kind: string;
  readonly spec?: {
    readonly policyName?: string;
    readonly validationActions?: readonly string[];
    readonly paramRef?: {
      readonly name?: string;
      readonly selector?: object;
      readonly parameterNotFoundAction?: string;
    };
  };
}

const FIELDS = table({
  'spec.policyName': isDns1123Subdomain,
  'spec.validationActions[]': ['Audit', 'Deny', 'Warn'],
  'spec.paramRef.parameterNotFoundAction': ['Allow', 'Deny'],
});

/** A binding says what happens to what a policy refuses. */
export const admissionBinding: Rule<Binding> = {
  id: 'admission-binding',
  class: 'apiserver',
  kinds: ['ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicyBinding'].map(
    (kind) => `admissionregistration.k8s.io/v1/${kind}`,
  ),
  check(object, tell) {
    checkTable(FIELDS, object, [], tell);
    const { policyName, validationActions = [], paramRef } = object.spec ?? {};
    if (policyName === undefined) tell(['spec'], 'needs policyName');
    if (object.kind === 'ValidatingAdmissionPolicyBinding' && validationActions.length === 0) {
      tell(['spec'], 'needs validationActions');
    }
    if (validationActions.includes('Deny') && validationActions.includes('Warn')) {
      tell(['spec', 'validationActions'], 'Deny and Warn exclude each other');
    }
    if (new Set(validationActions).size < validationActions.length)
      tell(['spec', 'validationActions'], 'repeats an action');
    if (paramRef === undefined) return;
    if ((paramRef.name === undefined) === (paramRef.selector === undefined)) {
      tell(['spec', 'paramRef'], 'must have either name or selector');
    }
    if (paramRef.parameterNotFoundAction === undefined)
      tell(['spec', 'paramRef'], 'needs parameterNotFoundAction');
  },
};
