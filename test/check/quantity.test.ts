import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatCores, formatMebibytes, toMebibytes, toSeconds, writeCores } from '../../lib/model/quantity';
import { Cpu, Duration, Memory } from '../../lib/schema/fields';

const size = fc.stringMatching(new RegExp(Memory('').pattern ?? ''));
const duration = fc.stringMatching(new RegExp(Duration('').pattern ?? ''));
const milli = fc.integer({ min: 1, max: (Cpu('').maximum ?? 0) * 1000 });

describe('sizes', () => {
  it.each([
    ['1Mi', 1],
    ['512Mi', 512],
    ['1024Mi', 1024],
    ['4Gi', 4096],
    ['2Ti', 2097152],
    ['9999999Ti', 10485758951424],
  ])('%s is %d mebibytes', (text, mebibytes) => {
    expect(toMebibytes(text)).toBe(mebibytes);
  });

  it.each([
    [0, '0'],
    [1, '1Mi'],
    [1023, '1023Mi'],
    [1024, '1Gi'],
    [1025, '1025Mi'],
    [1048576, '1Ti'],
    [1049600, '1025Gi'],
  ])('%d mebibytes are %s', (mebibytes, text) => {
    expect(formatMebibytes(mebibytes)).toBe(text);
  });

  it('stay the same when written and read, in the shortest form', () => {
    fc.assert(
      fc.property(size, (text) => {
        const written = formatMebibytes(toMebibytes(text));
        expect(toMebibytes(written)).toBe(toMebibytes(text));
        expect(formatMebibytes(toMebibytes(written))).toBe(written);
        expect(written.length).toBeLessThanOrEqual(text.length);
        expect(written).toMatch(new RegExp(Memory('').pattern ?? ''));
      }),
    );
  });
});

describe('cores', () => {
  it.each([
    [2, '2', '2'],
    [0.5, '500m', '0.5'],
    [0.1 + 0.2, '300m', '0.3'],
    [14.501, '14501m', '14.501'],
    [100000, '100000', '100000'],
  ])('%d are %s for Kubernetes and %s for people', (cores, quantity, written) => {
    expect([formatCores(cores), writeCores(cores)]).toEqual([quantity, written]);
  });

  it('stay the same when written and read', () => {
    const read = (text: string) => (text.endsWith('m') ? Number(text.slice(0, -1)) : Number(text) * 1000);
    fc.assert(
      fc.property(milli, (amount) => {
        expect(read(formatCores(amount / 1000))).toBe(amount);
        expect(Math.round(Number(writeCores(amount / 1000)) * 1000)).toBe(amount);
      }),
    );
  });
});

describe('durations', () => {
  it.each([
    ['90s', 90],
    ['30m', 1800],
    ['8h', 28800],
    ['99999h', 359996400],
  ])('%s are %d seconds', (text, seconds) => {
    expect(toSeconds(text)).toBe(seconds);
  });

  it('are whole seconds, as many as the number says', () => {
    fc.assert(
      fc.property(duration, (text) => {
        const seconds = toSeconds(text);
        expect(Number.isInteger(seconds)).toBe(true);
        expect(seconds % Number(text.slice(0, -1))).toBe(0);
      }),
    );
  });
});
