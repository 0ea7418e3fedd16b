import { expressionProblem, type Scope } from '../../cel/expression';
import { type Path, parsePath, visitPath } from '../path';
import type { Rule } from '../rule';

interface Policy {
  readonly kind: string;
  readonly spec?: {
    readonly paramKind?: object;
    readonly variables?: readonly { readonly name?: string }[];
  };
}

/** An expression of a policy, and where it stands. */
interface Place {
  readonly path: Path;
  readonly types?: readonly string[];
  /** Whether it may name the variables of the policy. Default: yes. */
  readonly alone?: boolean;
  /** Whether it may ask for the rights of the user. Default: yes. */
  readonly silent?: boolean;
}

const PLACES: readonly Place[] = [
  { path: parsePath('spec.matchConditions[].expression'), types: ['bool'], alone: true },
  { path: parsePath('spec.variables[].expression') },
  { path: parsePath('spec.validations[].expression'), types: ['bool'] },
  { path: parsePath('spec.validations[].messageExpression'), types: ['string'], silent: true },
  { path: parsePath('spec.auditAnnotations[].valueExpression'), types: ['string', 'null'] },
  { path: parsePath('spec.mutations[].applyConfiguration.expression'), types: ['Object'] },
  { path: parsePath('spec.mutations[].jsonPatch.expression') },
];

/** A literal of an object, as mutations have: our parser does not know them. */
const LITERAL = /\b(Object|JSONPatch)(\.\w+)*\s*\{/;

/**
 * Expressions of admission policies are CEL, about names that are there (validateValidatingAdmissionPolicySpec,
 * Kubernetes v1.36.1). Those with literals of objects are left to the server.
 */
export const admissionExpressions: Rule<Policy> = {
  id: 'admission-expressions',
  class: 'apiserver',
  kinds: ['ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy'].map(
    (kind) => `admissionregistration.k8s.io/v1/${kind}`,
  ),
  check(policy, tell) {
    for (const place of PLACES) {
      visitPath(policy, place.path, (expression, pointer) => {
        if (LITERAL.test(String(expression))) return;
        const problem = expressionProblem(String(expression), scopeOf(policy, place, pointer[2]));
        if (problem !== undefined) tell(pointer, `is no CEL: ${problem}`);
      });
    }
  },
};

/** A variable sees those before it. */
function scopeOf({ kind, spec }: Policy, place: Place, index: unknown): Scope {
  const names = ['object', 'oldObject', 'request', 'namespaceObject'];
  if (spec?.paramKind !== undefined) names.push('params');
  if (!place.silent) names.push('authorizer');
  const all = (spec?.variables ?? []).map(({ name = '' }) => name);
  const seen = place.path[1] === 'variables' ? all.slice(0, Number(index)) : all;
  const composed = !place.alone && (all.length > 0 || kind === 'MutatingAdmissionPolicy');
  return { names, ...(composed && { variables: seen }), ...(place.types && { types: place.types }) };
}
