import { Environment } from '@marcbachmann/cel-js';

/** What an expression may name, and what it has to yield. */
export interface Scope {
  readonly names: readonly string[];
  /** Fields of `variables`; without, there is none. */
  readonly variables?: readonly string[];
  /** Types of the result. None: any. */
  readonly types?: readonly string[];
}

/** Names in front of functions of Kubernetes' libraries for CEL (k8s.io/apiserver v0.36.1, pkg/cel/library). */
const LIBRARIES = ['format', 'ip', 'jsonpatch', 'math', 'sets'];

/** What the checker says of a name that is not declared. It knows few functions of Kubernetes, so it says more. */
const UNDECLARED = ['unknown_variable', 'no_such_key'];

/** Why a text is no CEL expression for its scope, or undefined. Types are looked at only where they are plain. */
export function expressionProblem(expression: string, scope: Scope): string | undefined {
  const environment = environmentOf(scope);
  try {
    const { valid, type = 'dyn', error } = environment.parse(expression).check();
    if (valid) {
      const { types = [type] } = scope;
      return type === 'dyn' || types.includes(type)
        ? undefined
        : `must be ${types.join(' or ')}, not ${type}`;
    }
    return error !== undefined && UNDECLARED.includes(error.code) ? firstLine(error) : undefined;
  } catch (error) {
    return firstLine(error as Error);
  }
}

function environmentOf({ names, variables }: Scope): Environment {
  const environment = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false });
  for (const name of [...LIBRARIES, ...names]) environment.registerVariable(name, 'dyn');
  if (variables !== undefined) {
    const schema = Object.fromEntries(variables.map((name) => [name, 'dyn']));
    environment.registerVariable({ name: 'variables', schema });
  }
  return environment;
}

function firstLine({ message }: Error): string {
  return message.split('\n')[0] ?? '';
}
