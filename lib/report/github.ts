import { type Issue, sortIssues } from '../issue';
import { withHint } from './hint';

/**
 * Issues as workflow commands: GitHub shows each beside its line of the pull request
 * (docs.github.com, "Workflow commands for GitHub Actions", read 2026-11-25).
 */
export function formatGithub(issues: readonly Issue[]): string {
  return sortIssues(issues)
    .map(({ level, rule, message, source, hint }) => {
      const place =
        source === undefined
          ? []
          : [`file=${property(source.file)}`, `line=${source.line}`, `col=${source.column}`];
      const fields = [...place, `title=${property(rule)}`].join(',');
      return `::${level} ${fields}::${data(withHint(message, hint))}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
