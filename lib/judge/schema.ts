import type { KindSchema } from '../model/schema';
import { checkRules } from './cel/rules';
import { withDefaults } from './defaults';
import type { Finding } from './finding';
import { checkStructure, rootSchema } from './structural';

/**
 * What the schema of a kind says against an object: its shape and, if that is right, the rules in CEL. `old` is the
 * object as it is in the cluster.
 */
export function checkSchema(object: unknown, kind: KindSchema, old?: unknown): Finding[] {
  const root = rootSchema(kind);
  const completed = withDefaults(root, object, kind.definitions);
  const findings = checkStructure(completed, kind);
  if (findings.length > 0) return findings;
  const before = old === undefined ? undefined : { value: withDefaults(root, old, kind.definitions) };
  return checkRules(root, completed, before);
}
