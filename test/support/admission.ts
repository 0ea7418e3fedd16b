import { POLICIES } from '../../charts/platform/admission/policies';
import { type Policy, policyName } from '../../charts/platform/admission/policy';
import { compileRule } from '../../lib/judge/cel/environment';
import { toCel } from '../../lib/judge/cel/values';

/** What the API server tells a policy. */
export interface Asked {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly resource: string;
  readonly object?: unknown;
  readonly oldObject?: unknown;
  /** The Namespace of the tenant, where the object is in one. */
  readonly namespace: { readonly metadata: { readonly name: string } };
  /** Groups of who asks. */
  readonly groups?: readonly string[];
}

/** Names of the policies that refuse it; one that breaks refuses too, and says so. */
export function refusedBy(asked: Asked): string[] {
  return POLICIES.filter((policy) => isFor(policy, asked)).flatMap((policy) => {
    const problem = problemOf(policy, asked);
    return problem === undefined ? [] : [`${policyName(policy).slice('tenantry-'.length)}${problem}`];
  });
}

function isFor({ resources, operations }: Policy, { resource, operation }: Asked): boolean {
  return Object.values(resources).flat().includes(resource) && operations.includes(operation);
}

function problemOf(policy: Policy, asked: Asked): string | undefined {
  const variables: Record<string, unknown> = {};
  const context = {
    object: toCel(asked.object ?? null, undefined),
    oldObject: toCel(asked.oldObject ?? null, undefined),
    namespaceObject: toCel(asked.namespace, undefined),
    request: {
      operation: asked.operation,
      namespace: asked.namespace.metadata.name,
      name: 'one',
      resource: { resource: asked.resource },
      userInfo: { groups: asked.groups ?? [] },
    },
    variables,
  };
  const evaluate = (expression: string) =>
    (compileRule(expression) as unknown as (of: object) => unknown)(context);
  try {
    if (policy.only !== undefined && evaluate(policy.only) !== true) return undefined;
    for (const [name, expression] of Object.entries(policy.variables ?? {})) {
      variables[name] = evaluate(expression);
    }
    const broken = policy.validations.filter(({ expression }) => evaluate(expression) !== true);
    for (const { messageExpression } of broken) {
      if (messageExpression !== undefined && typeof evaluate(messageExpression) !== 'string')
        return ': no text';
    }
    return broken.length === 0 ? undefined : '';
  } catch (error) {
    return `: ${(error as Error).message}`;
  }
}
