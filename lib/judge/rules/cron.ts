interface Field {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');

/** Minute, hour, day of the month, month and day of the week, as robfig/cron v3.0.1 reads them. */
const FIELDS: readonly Field[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: MONTHS },
  { least: 0, most: 6, names: DAYS },
];
const WORDS: ReadonlySet<string> = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);
const EVERY = /^@every ([0-9]*\.?[0-9]+(ns|us|µs|ms|s|m|h))+$/;

/** What is wrong with a schedule of five fields, or a word such as `@daily`. */
export function scheduleProblem(schedule: string): string | undefined {
  const bare = schedule.replace(/^(CRON_)?TZ=\S+ /, '').trim();
  if (bare.startsWith('@')) return WORDS.has(bare) || EVERY.test(bare) ? undefined : `knows no "${bare}"`;
  const fields = bare.split(/\s+/);
  if (fields.length !== FIELDS.length) return `must have ${FIELDS.length} fields, has ${fields.length}`;
  const wrong = fields.find(
    (field, index) => !field.split(',').every((part) => isRange(part, FIELDS[index])),
  );
  return wrong === undefined ? undefined : `has the field "${wrong}", which matches no time`;
}

function isRange(part: string, field: Field = { least: 0, most: 0 }): boolean {
  const [range = '', step, ...more] = part.split('/');
  if (more.length > 0 || (step !== undefined && !/^[0-9]+$/.test(step)) || Number(step ?? 1) === 0)
    return false;
  if (range === '*' || range === '?') return true;
  const [first = '', last, ...rest] = range.split('-');
  const [low, high] = [numberOf(first, field), last === undefined ? undefined : numberOf(last, field)];
  if (rest.length > 0 || Number.isNaN(low) || (high !== undefined && Number.isNaN(high))) return false;
  return low >= field.least && low <= (high ?? low) && (high ?? low) <= field.most;
}

function numberOf(text: string, { least, names = [] }: Field): number {
  const index = names.indexOf(text.toLowerCase());
  if (index >= 0) return index + least;
  return /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
}
