import type { KindSchema } from '../model/schema';
import { checkRules } from './cel/rules';
import { withDefaults } from './defaults';
import type { Finding } from './finding';
import { checkStructure, rootSchema } from './structural';

/** An object as the API server judges it: without nulls where none may stand, with the defaults of its schema. */
export function complete(object: unknown, kind: KindSchema): unknown {
  return withDefaults(rootSchema(kind), object, kind.definitions);
}

/**
 * What the schema of a kind says against an object: its shape and, if that is right, the rules in CEL. `old` is the
 * object as it is in the cluster.
 */
export function checkSchema(object: unknown, kind: KindSchema, old?: unknown): Finding[] {
  return checkCompleted(complete(object, kind), kind, old);
}

/** The same for an object that has its defaults. */
export function checkCompleted(object: unknown, kind: KindSchema, old?: unknown): Finding[] {
  const findings = checkStructure(object, kind);
  if (findings.length > 0) return findings;
  const before = old === undefined ? undefined : { value: complete(old, kind) };
  return checkRules(rootSchema(kind), object, before);
}
