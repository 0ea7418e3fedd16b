import type { Pointer } from '../issue';
import { suggest } from './did-you-mean';
import type { Report } from './reporter';

interface CronField {
  readonly what: string;
  readonly least: number;
  readonly most: number;
  /** Names of the values from `least` on. */
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const FIELDS: readonly CronField[] = [
  { what: 'minute', least: 0, most: 59 },
  { what: 'hour', least: 0, most: 23 },
  { what: 'day of month', least: 1, most: 31 },
  { what: 'month', least: 1, most: 12, names: MONTHS },
  { what: 'day of week', least: 0, most: 6, names: DAYS },
];

/** A cron expression and a time zone that KubeRay can read: otherwise the job never runs, with an event for all notice. */
export function checkSchedule(
  { schedule, timeZone }: { readonly schedule: string; readonly timeZone?: string },
  at: Pointer,
  report: Report,
): void {
  for (const [index, written] of schedule.split(' ').entries()) {
    const field = FIELDS[index];
    const wrong = field && written.split(',').find((range) => !isRange(range, field));
    if (field === undefined || wrong === undefined) continue;
    const names = field.names === undefined ? '' : `, or ${field.names[0]} to ${field.names.at(-1)}`;
    const message = `${field.what} "${wrong}" is not from ${field.least} to ${field.most}${names}`;
    report([...at, 'schedule'], 'schedule', message, 'such as 5, 1-5, */15 or 1,3');
  }
  if (timeZone === undefined || isTimeZone(timeZone)) return;
  const nearest = suggest(timeZone, Intl.supportedValuesOf('timeZone'));
  const hint = nearest === undefined ? 'such as Etc/UTC or Europe/Berlin' : `did you mean "${nearest}"?`;
  report([...at, 'timeZone'], 'time-zone', `"${timeZone}" is not a time zone`, hint);
}

/** One part of a field as robfig/cron v3 reads it (ParseStandard, which KubeRay 1.7 calls): 7 is not Sunday. */
function isRange(range: string, field: CronField): boolean {
  const [, from = '', to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(range) ?? [];
  if (step !== undefined && Number(step) === 0) return false;
  if (from === '*') return to === undefined;
  const first = numberOf(from, field);
  const last = to === undefined ? first : numberOf(to, field);
  return first >= field.least && first <= last && last <= field.most;
}

/** The number of a value, NaN where it is none: no comparison holds for it. */
function numberOf(word: string, { least, names = [] }: CronField): number {
  const index = names.indexOf(word.toLowerCase());
  if (index >= 0) return least + index;
  return /^\d+$/.test(word) ? Number(word) : Number.NaN;
}

/** Go finds zones by their file name, so upper and lower case count. */
function isTimeZone(zone: string): boolean {
  const sameLetters = (other: string) => other.toLowerCase() === zone.toLowerCase();
  const known = Intl.supportedValuesOf('timeZone').find(sameLetters);
  if (known !== undefined) return known === zone;
  try {
    // Aliases such as Asia/Kolkata are accepted, but not listed.
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
