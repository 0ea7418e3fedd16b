import type { Issue } from '../issue';
import { sortIssues } from '../issue';
import { lineReader } from '../load/files';
import { formatIssues } from '../report/text';
import type { Context } from './command';

/** Prints findings with their source lines, in the order of the files. */
export function printIssues(context: Context, issues: readonly Issue[], print: (line: string) => void): void {
  if (issues.length === 0) return;
  const readLine = lineReader(context.root);
  print(formatIssues(sortIssues(issues), { color: context.color, readLine }));
}
