import { type Change, tenant } from '../../support/inputs';

/** An idea how a file can be bad, applied to ours, and the rule that refuses it. */
export interface Bad {
  /** Of the idea in bad-inputs.txt; none where the idea is our own. */
  readonly id: string;
  readonly idea: string;
  readonly change: Change;
  readonly prepare?: (root: string) => void;
  /** `unknown-field` for a field that our files do not have. */
  readonly rule: string;
}

export const RED = 'tenants/red.yaml';
export const BLUE = 'tenants/blue.yaml';

export const red = (path: string, value: unknown): Change => ({ [RED]: { [path]: value } });
export const main = (path: string, value: unknown): Change => ({ 'clusters/main.yaml': { [path]: value } });
export const text = (from: string | RegExp, to: string): Change => ({
  [BLUE]: tenant('blue').replace(from, to),
});

export const bad = (
  id: string,
  rule: string,
  idea: string,
  change: Change,
  prepare?: (root: string) => void,
): Bad => ({ id, idea, change, rule, ...(prepare && { prepare }) });
