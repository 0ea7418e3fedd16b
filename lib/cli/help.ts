import type { Command, Option } from './command';

const COMMON: readonly Option[] = [
  {
    name: 'root',
    value: 'DIR',
    text: 'Folder with tenants/, clusters/ and dist/. Default: the nearest one upwards, or else this one.',
  },
  { name: 'quiet', text: 'Say nothing but results and errors.' },
  { name: 'help', text: 'Show this help.' },
];

/** The help of the whole program. */
export function help(commands: readonly Command[]): string {
  const rows = commands.map(({ name, args, summary }): [string, string] => [
    [name, args].filter(Boolean).join(' '),
    summary,
  ]);
  return [
    'Tenantry renders tenant files into manifests that Argo CD syncs.',
    '',
    'Usage: tenantry COMMAND [options]',
    '',
    'Commands:',
    ...columns(rows),
    '',
    'Examples:',
    ...columns(
      commands.flatMap(({ examples }) =>
        examples.slice(0, 1).map(([line, text]): [string, string] => [line, text]),
      ),
    ),
    '',
    'Exit codes: 0 good, 1 findings, 2 wrong usage. NO_COLOR switches colours off.',
    'Help on a command: tenantry COMMAND --help',
    '',
  ].join('\n');
}

/** The help of one command. */
export function commandHelp({ name, args, summary, options, examples }: Command): string {
  return [
    summary,
    '',
    `Usage: tenantry ${[name, args].filter(Boolean).join(' ')} [options]`,
    '',
    'Options:',
    ...columns(
      [...options, ...COMMON].map(({ name: option, value, text }): [string, string] => [
        `--${option}${value === undefined ? '' : ` ${value}`}`,
        text,
      ]),
    ),
    '',
    'Examples:',
    ...columns(examples.map(([line, text]): [string, string] => [line, text])),
    '',
  ].join('\n');
}

function columns(rows: readonly [string, string][]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
