import type { Issue } from '../issue';

/** How many findings of one kind of check are told about one file: more help nobody. */
export const MOST_ISSUES = 1000;

/** An error about a file as a whole, placed at its beginning. */
export function wholeFile(file: string, rule: string, message: string, hint: string): Issue {
  return { level: 'error', rule, message, source: { file, line: 1, column: 1 }, hint };
}

/** The first findings about a file, each made only when it is told, and how many more there are. */
export function tellMost<T>(file: string, findings: readonly T[], tell: (finding: T) => Issue): Issue[] {
  const issues = findings.slice(0, MOST_ISSUES).map(tell);
  const more = findings.length - issues.length;
  if (more > 0)
    issues.push(wholeFile(file, 'too-many-issues', `${more} more errors`, 'mend the others first'));
  return issues;
}
