import { parse } from '@marcbachmann/cel-js';

/** Why a text is no CEL expression, or undefined. Names and types are not looked at. */
export function syntaxProblem(expression: string): string | undefined {
  try {
    parse(expression);
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n')[0] ?? '';
  }
}
