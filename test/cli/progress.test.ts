import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { progress } from '../../lib/cli/progress';

describe('progress', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  function steps(waits: boolean, milliseconds: number): string[] {
    const told: string[] = [];
    const step = progress({ waits, talk: (line) => told.push(line) }, 'rendering', 25);
    for (let done = 0; done < 25; done++) {
      jest.advanceTimersByTime(milliseconds);
      step();
    }
    return told;
  }

  it('tells once a second how far it is', () => {
    expect(steps(true, 100)).toEqual(['rendering 10 of 25', 'rendering 20 of 25']);
  });

  it('tells nothing under a second, and nothing where nobody waits', () => {
    expect(steps(true, 30)).toEqual([]);
    expect(steps(false, 100)).toEqual([]);
  });
});
