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

  it('are ours on all kinds of Kubernetes, as 1.34 judges them', () => {
    const { falseAccepts, falseRejects } = print(score('native, 1.34', readCases('native'), '1.34'));
    expect(falseAccepts).toEqual([]);
    // The labels are of the validation code alone; the admission of Pod Security refuses a level that is none.
    expect(falseRejects.map((text) => text.split(':')[0])).toEqual(['ns-psa-typo-accepted']);
  });

  it('differ on 1.36, which made the labels of 1.34 wrong', () => {
    const { falseAccepts, falseRejects } = print(score('native, 1.36', readCases('native'), '1.36'));
    // RelaxedServiceNameValidation, on by default since 1.36; a namespace that the server clears before it validates.
    expect([...falseAccepts].sort()).toEqual(['ns-with-namespace', 'svc-digit-first']);
    // StrictIPCIDRValidation, on by default since 1.36; the admission of Pod Security.
    expect(falseRejects.map((text) => text.split(':')[0]).sort()).toEqual([
      'np-cidr-host-bits',
      'np-cidr-octal',
      'ns-psa-typo-accepted',
    ]);
  });

  it('are compared with ours, not assumed', () => {
    const turned = readCases('karpenter').map(
      (labelled) => ({ ...labelled, expect: labelled.expect === 'accept' ? 'reject' : 'accept' }) as const,
    );
    expect(score('turned', turned).agreed).toBe(0);
  });
});
