import { Environment } from '@marcbachmann/cel-js';

const environment = new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true });

/** Why a text is no CEL expression, or undefined. Names and types are not looked at. */
export function syntaxProblem(expression: string): string | undefined {
  try {
    environment.parse(expression);
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n')[0] ?? '';
  }
}
