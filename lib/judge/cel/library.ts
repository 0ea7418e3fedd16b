import type { Environment } from '@marcbachmann/cel-js';

/** Adds functions and types to an environment. */
export type Library = (environment: Environment) => void;

/** Raises the error that CEL has for a bad argument: the rule then fails. */
export function fail(message: string): never {
  throw new Error(message);
}
