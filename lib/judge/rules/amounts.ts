/** What is wrong with a count of pods or a share of them, such as 1 or `25%`. */
export function shareProblem(share: number | string): string | undefined {
  if (typeof share === 'number') return share < 0 ? 'must not be negative' : undefined;
  if (!/^[0-9]+%$/.test(share)) return 'must be a number or a percentage such as "25%"';
  return undefined;
}

/** The same, where a share of more than all is wrong. */
export function portionProblem(share: number | string): string | undefined {
  const problem = shareProblem(share);
  if (problem !== undefined || typeof share === 'number') return problem;
  return Number.parseInt(share, 10) > 100 ? 'must be at most 100%' : undefined;
}

/** Whether a count or a share is nothing at all. */
export function isNothing(share: number | string): boolean {
  return Number.parseInt(String(share), 10) === 0;
}
