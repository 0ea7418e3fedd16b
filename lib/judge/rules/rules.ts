import type { Rule } from './rule';

/** Every rule, in the order of their findings. */
export const RULES: readonly Rule[] = [];

const byKind = new Map<string, readonly Rule[]>();

/** The rules for a kind, such as `v1/Pod`. */
export function rulesFor(kind: string): readonly Rule[] {
  let rules = byKind.get(kind);
  if (rules === undefined) {
    rules = RULES.filter(({ kinds }) => kinds === undefined || kinds.includes(kind));
    byKind.set(kind, rules);
  }
  return rules;
}
