import { suggest } from '../check/did-you-mean';
import { RULES } from '../judge/rules/rules';
import { PROOFS } from '../proofs/proofs';
import { WHY } from '../reference/rules';
import { type Context, UsageError } from './command';

const CLASSES = {
  apiserver: 'The API server refuses it.',
  controller: 'The API server accepts it, and an operator refuses or ignores it later.',
  policy: 'Nobody stops it, and it must not be.',
} as const;

/** What is said of every rule, by its id. */
export function explanations(): Map<string, string[]> {
  return new Map([
    ...Object.entries(WHY).map(([rule, why]): [string, string[]] => [rule, [`why: ${why}`]]),
    ...RULES.map(({ id, class: judge, kinds, hint }): [string, string[]] => [
      id,
      [
        `judges: ${kinds?.join(', ') ?? 'every kind'}`,
        `why: ${CLASSES[judge]}`,
        ...(hint === undefined ? [] : [`help: ${hint}`]),
      ],
    ]),
    ...PROOFS.map(({ rule, proves, why, source }): [string, string[]] => [
      rule,
      [`proves: ${proves}`, `why: ${why}`, `source: ${source}`],
    ]),
  ]);
}

/** Says why a rule exists; a UsageError with the nearest one where there is none of the name. */
export function explainRule(rule: string, context: Context): number {
  const all = explanations();
  const lines = all.get(rule);
  if (lines === undefined) {
    const near = suggest(rule, [...all.keys()]);
    const help = near === undefined ? 'a finding ends with its rule, in brackets' : `did you mean ${near}?`;
    throw new UsageError(`--explain ${rule}: there is no such rule; ${help}`);
  }
  for (const line of [rule, ...lines]) context.out(line);
  return 0;
}
