import { compare, type Issue, sortIssues } from '../issue';
import { withHint } from './hint';

/** Issues as SARIF 2.1.0 (OASIS), which GitHub code scanning and editors read. */
export function formatSarif(issues: readonly Issue[]): string {
  const rules = [...new Set(issues.map(({ rule }) => rule))].sort(compare);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'tenantry', rules: rules.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: sortIssues(issues).map(result),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result({ level, rule, message, source, hint }: Issue): object {
  return {
    ruleId: rule,
    level,
    message: { text: withHint(message, hint) },
    ...(source && {
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: source.file.split('/').map(encodeURIComponent).join('/') },
            region: { startLine: source.line, startColumn: source.column },
          },
        },
      ],
    }),
  };
}
