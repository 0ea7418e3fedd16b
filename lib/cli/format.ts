import { type Issue, sortIssues } from '../issue';
import { lineReader } from '../load/files';
import { FORMATS, type Format } from '../report/formats';
import { formatIssues } from '../report/text';
import { type Context, type Flags, type Option, text, UsageError } from './command';

const TEXT = 'text';
const NAMES = [TEXT, ...FORMATS.keys()];

/** The option that both judging commands take. */
export const FORMAT_OPTION: Option = {
  name: 'format',
  value: 'NAME',
  text: `How findings are written: ${NAMES.join(', ')}. Default: ${TEXT}.`,
};

/** The values of an option that takes some of a list, separated by commas; undefined where it was not given. */
export function choose<T extends string>(
  flags: Flags,
  option: string,
  known: readonly T[],
): readonly T[] | undefined {
  const given = text(flags, option)?.split(',');
  return given?.map((name) => {
    const found = known.find((candidate) => candidate === name);
    if (found === undefined) {
      throw new UsageError(`--${option} ${name}: there is no such ${option}; use ${known.join(', ')}`);
    }
    return found;
  });
}

/** Whether people read the output. */
export function isText({ flags }: Context): boolean {
  return formatOf(flags) === undefined;
}

function formatOf(flags: Flags): Format | undefined {
  const [name = TEXT] = choose(flags, 'format', NAMES) ?? [];
  return FORMATS.get(name);
}

/** Prints findings and nothing else to standard output, in the format that was asked for; files lie below `root`. */
export function printReport(context: Context, issues: readonly Issue[], objects: number, root: string): void {
  const format = formatOf(context.flags);
  if (format !== undefined) {
    process.stdout.write(format(issues, objects));
    return;
  }
  const readLine = lineReader(root);
  if (issues.length > 0) context.out(formatIssues(sortIssues(issues), { color: context.color, readLine }));
  context.out(`${objects} object${objects === 1 ? '' : 's'} judged`);
}
