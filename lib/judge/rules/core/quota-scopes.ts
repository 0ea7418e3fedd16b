import type { Pointer } from '../../../issue';
import { items } from '../path';
import type { Rule, Tell } from '../rule';
import { listOf } from '../tables';

interface Expression {
  readonly scopeName: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

interface Spec {
  readonly hard?: Readonly<Record<string, unknown>>;
  readonly scopes?: readonly string[];
  readonly scopeSelector?: { readonly matchExpressions?: readonly Expression[] };
}

const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const PODS = ['pods', ...COMPUTE, ...COMPUTE.flatMap((name) => [`requests.${name}`, `limits.${name}`])];
const CLAIMS = ['persistentvolumeclaims', 'requests.storage'];
const STANDARD = new Set([...PODS, ...CLAIMS]);

/** What each scope can count of the standard resources (core/helper v1.36.1). */
const COUNTED: ReadonlyMap<string, readonly string[]> = new Map([
  ['Terminating', PODS],
  ['NotTerminating', PODS],
  ['NotBestEffort', PODS],
  ['BestEffort', ['pods']],
  ['PriorityClass', PODS],
  ['CrossNamespacePodAffinity', PODS],
  ['VolumeAttributesClass', CLAIMS],
]);
const OTHER = ['services', 'secrets', 'configmaps', 'replicationcontrollers', 'resourcequotas'];
const EXISTS_ONLY = [
  'BestEffort',
  'NotBestEffort',
  'Terminating',
  'NotTerminating',
  'CrossNamespacePodAffinity',
];
const OPPOSITES = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
];

/** Which pods or claims a quota is about. */
export const quotaScopes: Rule<{ readonly spec?: Spec }> = {
  id: 'quota-scopes',
  class: 'apiserver',
  kinds: ['v1/ResourceQuota'],
  check({ spec = {} }, tell) {
    const scopes = items(spec.scopes, ['spec', 'scopes']);
    for (const [scope, at] of scopes) checkScope(scope, spec, at, tell);
    const expressions = items(spec.scopeSelector?.matchExpressions, [
      'spec',
      'scopeSelector',
      'matchExpressions',
    ]);
    for (const [expression, at] of expressions) {
      checkScope(expression.scopeName, spec, [...at, 'scopeName'], tell);
      checkExpression(expression, at, tell);
    }
    checkOpposites(spec.scopes ?? [], ['spec', 'scopes'], tell);
    const selected = expressions.map(([{ scopeName }]) => scopeName);
    checkOpposites(selected, ['spec', 'scopeSelector', 'matchExpressions'], tell);
  },
};

function checkScope(scope: string, { hard = {} }: Spec, at: Pointer, tell: Tell): void {
  const counted = COUNTED.get(scope);
  if (counted === undefined) {
    tell(at, `must be ${listOf([...COUNTED.keys()])}`);
    return;
  }
  for (const resource of Object.keys(hard)) {
    const standard =
      STANDARD.has(resource) || OTHER.some((name) => resource === name || resource.startsWith(`${name}.`));
    if (standard && !counted.includes(resource)) tell(at, `scope ${scope} cannot count ${resource}`);
  }
}

function checkExpression({ scopeName, operator, values = [] }: Expression, at: Pointer, tell: Tell): void {
  if (EXISTS_ONLY.includes(scopeName) && operator !== 'Exists') {
    tell([...at, 'operator'], `must be Exists for scope ${scopeName}`);
  }
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) tell([...at, 'values'], `${operator} needs values`);
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) tell([...at, 'values'], `${operator} takes no values`);
  } else tell([...at, 'operator'], 'must be In, NotIn, Exists or DoesNotExist');
}

function checkOpposites(scopes: readonly string[], at: Pointer, tell: Tell): void {
  for (const pair of OPPOSITES) {
    if (pair.every((scope) => scopes.includes(scope))) tell(at, `${pair.join(' and ')} exclude each other`);
  }
}
