import { suggest } from '../check/did-you-mean';
import { PROOFS } from '../proofs/proofs';
import { type Context, UsageError } from './command';

/** Says why a proof exists; a UsageError with those that there are. */
export function explainProof(rule: string, context: Context): number {
  const rules = PROOFS.map((proof) => proof.rule);
  const proof = PROOFS.find((one) => one.rule === rule);
  if (proof === undefined) {
    const near = suggest(rule, rules);
    throw new UsageError(
      `--explain ${rule}: explained are ${rules.join(', ')}${near && `; did you mean ${near}?`}`,
    );
  }
  context.out(`${proof.rule}: ${proof.proves}`);
  context.out(`why: ${proof.why}`);
  context.out(`source: ${proof.source}`);
  return 0;
}
