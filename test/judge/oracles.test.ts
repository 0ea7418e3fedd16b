import { describe, expect, it } from '@jest/globals';
import { readCases } from './oracles/cases';
import { formatScore, type Score, score } from './oracles/score';

function print(result: Score): Score {
  process.stdout.write(formatScore(result));
  return result;
}

describe('the verdicts of the API server', () => {
  it.each(['crd-fuzz-1', 'crd-fuzz-2', 'karpenter'])('are ours on all of %s', (name) => {
    const { falseAccepts, falseRejects } = print(score(name, readCases(name)));
    expect([...falseAccepts, ...falseRejects]).toEqual([]);
  });

  it('are compared with ours, not assumed', () => {
    const turned = readCases('karpenter').map(
      (labelled) => ({ ...labelled, expect: labelled.expect === 'accept' ? 'reject' : 'accept' }) as const,
    );
    expect(score('turned', turned).agreed).toBe(0);
  });
});
