import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { editDistance, suggest } from '../../lib/check/did-you-mean';

describe('suggest', () => {
  it.each([
    ['gpu', ['cpu', 'gpus', 'memory'], 'gpus'],
    ['ownr', ['owner', 'members'], 'owner'],
    ['Owner', ['owner'], 'owner'],
    ['memroy', ['memory', 'members'], 'memory'],
    ['idletimeout', ['idleTimeout'], 'idleTimeout'],
    ['scheduels', ['services', 'schedules'], 'schedules'],
    ['min', ['max'], undefined],
    ['x', ['y'], undefined],
    ['zone', ['owner', 'memory'], undefined],
    ['', ['a'], undefined],
    ['toString', [], undefined],
  ])('%s among %j is %s', (word, candidates, expected) => {
    expect(suggest(word, candidates)).toBe(expected);
  });
});

describe('editDistance', () => {
  it('is 0 only for equal words, symmetric, and 1 after one edit', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, fc.nat(8), (a, b, at) => {
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, `${a.slice(0, at)}\u0000${a.slice(at)}`)).toBe(1);
        expect(editDistance(`${a}xy${b}`, `${a}yx${b}`)).toBe(1);
      }),
    );
  });
});
