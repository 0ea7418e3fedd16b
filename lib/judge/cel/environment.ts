import { Environment } from '@marcbachmann/cel-js';
import { addresses } from './addresses';
import { formats } from './formats';
import type { Library } from './library';
import { lists } from './lists';
import { quantities } from './quantities';
import { strings } from './strings';
import { urls } from './urls';

const LIBRARIES: readonly Library[] = [strings, lists, quantities, addresses, urls, formats];

/** Whether a rule holds. Throws where CEL has an error, which counts as a broken rule. */
export type Program = (variables: { readonly self: unknown; readonly oldSelf?: unknown }) => unknown;

let environment: Environment | undefined;
const programs = new Map<string, Program>();

/** Compiles a rule of a CustomResourceDefinition, once. Throws on one that is not CEL. */
export function compileRule(rule: string): Program {
  let program = programs.get(rule);
  if (program === undefined) {
    environment ??= createEnvironment();
    program = environment.parse(withRe2(rule)) as Program;
    programs.set(rule, program);
  }
  return program;
}

/** cel-js has `matches` with JavaScript's expressions, and no way to replace it: the API server's are RE2. */
function withRe2(rule: string): string {
  return rule.replace(
    /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\.matches\(/g,
    (_, text?: string) => text ?? '.re2Matches(',
  );
}

/** CEL as the API server offers it to CustomResourceDefinitions (Kubernetes 1.36). */
function createEnvironment(): Environment {
  const created = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
  });
  for (const library of LIBRARIES) library(created);
  return created;
}
