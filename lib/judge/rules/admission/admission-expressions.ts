import { syntaxProblem } from '../../cel/syntax';
import { parsePath, visitPath } from '../path';
import type { Rule } from '../rule';

const EXPRESSIONS = [
  'spec.validations[].expression',
  'spec.validations[].messageExpression',
  'spec.variables[].expression',
  'spec.matchConditions[].expression',
  'spec.auditAnnotations[].valueExpression',
].map(parsePath);

/** Expressions of admission policies and of CustomResourceDefinitions are CEL. */
export const admissionExpressions: Rule<object> = {
  id: 'admission-expressions',
  class: 'apiserver',
  kinds: ['ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy', 'ValidatingWebhookConfiguration'].map(
    (kind) => `admissionregistration.k8s.io/v1/${kind}`,
  ),
  check(object, tell) {
    for (const path of EXPRESSIONS) {
      visitPath(object, path, (expression, pointer) => {
        const problem = syntaxProblem(String(expression));
        if (problem !== undefined) tell(pointer, `is no CEL: ${problem}`);
      });
    }
  },
};
