import type { Pointer } from '../../issue';
import type { Schema, ValidationRule } from '../../model/schema';
import { fieldSchema, isMap } from '../defaults';
import { canonical } from '../duplicates';
import type { Finding } from '../finding';
import { compileRule } from './environment';
import { toCel } from './values';

/** An old value that may be none: of a new object, or where nobody can tell which item was which. */
type Old = { readonly value: unknown } | undefined;

/** What a rule sees. */
export interface Variables {
  readonly self: unknown;
  readonly oldSelf: unknown;
}

/** Is told of a rule that applies to a value. */
type Visit = (rule: ValidationRule, variables: Variables, pointer: Pointer) => void;

/**
 * Runs the rules of a schema over a value that has its shape, defaults included. Rules about `oldSelf` run where the
 * old value is known.
 */
export function checkRules(schema: Schema, value: unknown, old: Old): Finding[] {
  const findings: Finding[] = [];
  eachRule(schema, value, old, (rule, variables, pointer) => {
    const message = broken(rule, variables);
    if (message !== undefined) {
      findings.push({ pointer: [...pointer], message, rule: 'cel', class: 'apiserver' });
    }
  });
  return findings;
}

/** Visits every rule that applies to a value or to something inside it. The pointer is only lent. */
export function eachRule(
  schema: Schema,
  value: unknown,
  old: Old,
  visit: Visit,
  pointer: (string | number)[] = [],
): void {
  if (value === null || !hasRules(schema)) return;
  visitRules(schema, value, old, pointer, visit);
  if (Array.isArray(value)) {
    const items = schema.items ?? {};
    const before = oldItems(schema, old);
    for (const [index, item] of value.entries()) {
      pointer.push(index);
      eachRule(items, item, before(item), visit, pointer);
      pointer.pop();
    }
  } else if (isMap(value)) {
    for (const [key, field] of Object.entries(value)) {
      const known = fieldSchema(schema, key);
      if (known === undefined) continue;
      pointer.push(key);
      eachRule(known, field, oldField(old, key), visit, pointer);
      pointer.pop();
    }
  }
}

function visitRules(schema: Schema, value: unknown, old: Old, pointer: Pointer, visit: Visit): void {
  const rules = schema['x-kubernetes-validations'] ?? [];
  if (rules.length === 0) return;
  const self = toCel(value, schema);
  const oldSelf = old && toCel(old.value, schema);
  // Ratcheting: what was there before and did not change is not refused (Kubernetes 1.33, CRDValidationRatcheting).
  const unchanged = old !== undefined && canonical(old.value) === canonical(value);
  for (const rule of rules) {
    const skipped = isTransition(rule.rule) ? old === undefined && !rule.optionalOldSelf : unchanged;
    if (!skipped) visit(rule, { self, oldSelf }, pointer);
  }
}

function broken({ rule, message }: ValidationRule, variables: Variables): string | undefined {
  const holds = compileRule(rule);
  try {
    return holds(variables) === true ? undefined : (message ?? `breaks the rule ${rule}`);
  } catch (error) {
    return `${message ?? `breaks the rule ${rule}`} (${(error as Error).message.split('\n')[0]})`;
  }
}

const transitions = new Map<string, boolean>();

/** Whether a rule speaks about the old value. */
function isTransition(rule: string): boolean {
  let found = transitions.get(rule);
  if (found === undefined) {
    found = /\boldSelf\b/.test(rule.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""'));
    transitions.set(rule, found);
  }
  return found;
}

/** Items of a list that is a map by some keys can be told apart; those of others cannot. */
function oldItems(schema: Schema, old: Old): (item: unknown) => Old {
  const keys = schema['x-kubernetes-list-map-keys'];
  if (!Array.isArray(old?.value) || schema['x-kubernetes-list-type'] !== 'map' || !keys)
    return () => undefined;
  const keyOf = (item: unknown) => canonical(isMap(item) ? keys.map((key) => item[key]) : item);
  const byKey = new Map(old.value.map((item) => [keyOf(item), item]));
  return (item) => {
    const key = keyOf(item);
    return byKey.has(key) ? { value: byKey.get(key) } : undefined;
  };
}

function oldField(old: Old, key: string): Old {
  return isMap(old?.value) && Object.hasOwn(old.value, key) ? { value: old.value[key] } : undefined;
}

const withRules = new WeakMap<Schema, boolean>();

/** Whether there are rules in a schema or below it. */
export function hasRules(schema: Schema): boolean {
  let found = withRules.get(schema);
  if (found === undefined) {
    const { items, additionalProperties, properties = {} } = schema;
    found =
      schema['x-kubernetes-validations'] !== undefined ||
      [items, additionalProperties, ...Object.values(properties)].some(
        (inner) => typeof inner === 'object' && hasRules(inner),
      );
    withRules.set(schema, found);
  }
  return found;
}
