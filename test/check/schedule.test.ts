import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkSchedule } from '../../lib/check/schedule';

function problems(schedule: string, timeZone?: string): string[] {
  const found: string[] = [];
  const given = timeZone === undefined ? { schedule } : { schedule, timeZone };
  checkSchedule(given, [], (pointer, _rule, message) => found.push(`${pointer}: ${message}`));
  return found;
}

describe('checkSchedule', () => {
  it.each([
    '* * * * *',
    '0 2 * * 1-5',
    '*/15 0-6/2 1,15 jan-mar MON-FRI',
    '59 23 31 12 6',
    '0 0 1 1 0',
    '5/10 1 1 DEC sun',
  ])('takes %j', (schedule) => {
    expect(problems(schedule)).toEqual([]);
  });

  it.each([
    ['60 * * * *', 'minute "60" is not from 0 to 59'],
    ['* 24 * * *', 'hour "24" is not from 0 to 23'],
    ['* * 0 * *', 'day of month "0" is not from 1 to 31'],
    ['* * * 13 *', 'month "13" is not from 1 to 12, or jan to dec'],
    ['* * * * 7', 'day of week "7" is not from 0 to 6, or sun to sat'],
    ['* * * * monday', 'day of week "monday" is not from 0 to 6, or sun to sat'],
    ['5-1 * * * *', 'minute "5-1" is not from 0 to 59'],
    ['*/0 * * * *', 'minute "*/0" is not from 0 to 59'],
    ['1,,2 * * * *', 'minute "" is not from 0 to 59'],
    ['1-2-3 * * * *', 'minute "1-2-3" is not from 0 to 59'],
  ])('refuses %j', (schedule, message) => {
    expect(problems(schedule)).toEqual([`schedule: ${message}`]);
  });

  it('takes every number of a field, every range and every step', () => {
    const minute = fc.nat(59);
    fc.assert(
      fc.property(minute, minute, fc.integer({ min: 1, max: 59 }), (a, b, step) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        expect(problems(`${from}-${to}/${step},${a} * * * *`)).toEqual([]);
      }),
    );
  });

  it.each(['Etc/UTC', 'UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'Etc/GMT+1'])(
    'knows the time zone %s',
    (zone) => {
      expect(problems('* * * * *', zone)).toEqual([]);
    },
  );

  it.each(['Europe/Berln', 'europe/berlin', 'Mars/Olympus', 'Local', 'CEST'])(
    'refuses the time zone %s',
    (zone) => {
      expect(problems('* * * * *', zone)).toEqual([`timeZone: "${zone}" is not a time zone`]);
    },
  );
});
