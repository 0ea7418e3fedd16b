import { type Issue, type ObjectName, type Source, sortIssues } from '../issue';
import { showHidden } from '../load/text';

/** How a report looks; `readLine` gives the text of a line, or undefined where there is none. */
export interface ReportOptions {
  readonly color: boolean;
  readonly readLine?: (source: Source) => string | undefined;
}

const COLORS = { error: '31', warning: '33', bold: '1', help: '36', dim: '2' } as const;
type Paint = (color: keyof typeof COLORS, text: string) => string;

/** Issues as a compiler shows them, in file order, with a summary; empty text when there are none. */
export function formatIssues(issues: readonly Issue[], options: ReportOptions): string {
  if (issues.length === 0) return '';
  const paint: Paint = options.color
    ? (color, text) => `\u001b[${COLORS[color]}m${text}\u001b[0m`
    : (_color, text) => text;
  const blocks = sortIssues(issues).map((issue) => formatIssue(issue, options, paint));
  return `${blocks.join('\n')}\n\n${summarize(issues)}\n`;
}

/** Counts issues: `2 errors, 1 warning in 2 files`. */
export function summarize(issues: readonly Issue[]): string {
  const errors = issues.filter(({ level }) => level === 'error').length;
  const files = new Set(issues.flatMap(({ source }) => source?.file ?? [])).size;
  const counts = [count(errors, 'error'), count(issues.length - errors, 'warning')].filter(Boolean);
  return [counts.join(', ') || 'no issues', count(files, 'file')].filter(Boolean).join(' in ');
}

function formatIssue(issue: Issue, options: ReportOptions, paint: Paint): string {
  const { level, message, rule, source, hint, object } = issue;
  const subject = object === undefined ? '' : `${oneLine(nameOf(object))}: `;
  const place = source ? paint('bold', `${oneLine(source.file)}:${source.line}:${source.column}: `) : '';
  const lines = [
    `${place}${paint(level, `${level}:`)} ${subject}${oneLine(message)}  ${paint('dim', `[${rule}]`)}`,
  ];
  const text = source && rule !== 'secret-value' ? options.readLine?.(source) : undefined;
  if (source && text !== undefined) lines.push(...excerpt(source, text, paint));
  if (hint !== undefined) lines.push(`  ${paint('help', 'help:')} ${oneLine(hint)}`);
  return lines.join('\n');
}

function nameOf({ kind, namespace, name }: ObjectName): string {
  if (kind === '') return 'document';
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

// A line is cut so that the caret stays on the screen.
const WIDTH = 100;

function excerpt(source: Source, text: string, paint: Paint): string[] {
  const from = source.column > WIDTH ? source.column - WIDTH / 2 : 0;
  const shown = oneColumnEach(text.slice(from, from + WIDTH));
  const margin = String(source.line).padStart(5);
  const blanks = shown.slice(0, Math.max(source.column - 1 - from, 0)).replace(/[^\t]/g, ' ');
  return [
    `${paint('dim', `${margin} |`)} ${shown}`,
    `${paint('dim', `${' '.repeat(margin.length)} |`)} ${blanks}${paint('error', '^')}`,
  ];
}

/** Keeps the width of a line, so that the caret stays below its character. */
function oneColumnEach(text: string): string {
  return [...text].map((character) => (showHidden(character) === character ? character : '�')).join('');
}

/** No text of a file may start a line of its own or drive the terminal. */
function oneLine(text: string): string {
  return showHidden(text).replace(/[\n\r\t]/g, (blank) => JSON.stringify(blank).slice(1, -1));
}

function count(number: number, noun: string): string {
  return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`;
}
