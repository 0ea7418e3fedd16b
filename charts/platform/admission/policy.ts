import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type {
  NamedRuleWithOperations,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  Validation,
} from '../../../imports/core';
import { LABEL } from '../../../lib/model/names';
import { platformLabels } from '../../labels';
import { addObject } from '../../object';

type Operation = 'CREATE' | 'UPDATE' | 'DELETE';

/** What the API server refuses in namespaces of tenants, whoever asks: exceptions are namespaces, never requesters. */
export interface Policy {
  /** Name of the file; the object is `tenantry-<name>`. */
  readonly name: string;
  /** What it refuses and why, as one sentence for the reference. */
  readonly refuses: string;
  /** Resources by API group, such as `{'': ['pods']}`. */
  readonly resources: Readonly<Record<string, readonly string[]>>;
  readonly operations: readonly Operation[];
  /** Where cluster-scoped objects are judged. Default: objects in namespaces of tenants. */
  readonly clusterScoped?: true;
  /** Requests without it are not judged. Default: all are. */
  readonly only?: string;
  /** Expressions that validations share, in the order they use each other. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly validations: readonly Omit<Validation, 'reason'>[];
}

/** A chart of the policy and its binding. It fails closed: an expression that breaks refuses. */
export function policyChart(policy: Policy): new (scope: Construct) => Chart {
  const name = policyName(policy);
  return class extends Chart {
    constructor(scope: Construct) {
      super(scope, policy.name, { labels: platformLabels('admission') });
      addObject<ValidatingAdmissionPolicy>(this, {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name },
        spec: {
          failurePolicy: 'Fail',
          matchConstraints: {
            matchPolicy: 'Equivalent',
            namespaceSelector: policy.clusterScoped
              ? {}
              : { matchExpressions: [{ key: LABEL.tenant, operator: 'Exists' }] },
            objectSelector: {},
            resourceRules: Object.entries(policy.resources).map((rule) => resourceRule(rule, policy)),
          },
          ...(policy.only === undefined
            ? {}
            : { matchConditions: [{ name: 'concerned', expression: tidy(policy.only) }] }),
          ...(policy.variables === undefined ? {} : { variables: variables(policy.variables) }),
          validations: policy.validations.map(({ expression, ...message }) => ({
            expression: tidy(expression),
            ...message,
            reason: 'Forbidden',
          })),
        },
      });
      addObject<ValidatingAdmissionPolicyBinding>(this, {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name },
        spec: { policyName: name, validationActions: ['Deny'] },
      });
    }
  };
}

/** Name of the policy's objects. */
export function policyName({ name }: Policy): string {
  return `tenantry-${name}`;
}

function resourceRule(
  [group, resources]: [string, readonly string[]],
  { operations }: Policy,
): NamedRuleWithOperations {
  return {
    apiGroups: [group],
    apiVersions: ['v1'],
    resources: [...resources],
    operations: [...operations],
    scope: '*',
  };
}

function variables(expressions: Readonly<Record<string, string>>) {
  return Object.entries(expressions).map(([name, expression]) => ({ name, expression: tidy(expression) }));
}

/** Without the indentation that an expression has in the source. */
function tidy(expression: string): string {
  return expression.replaceAll(/\n\s+/g, '\n  ');
}
