import type { Context } from './command';

const SECOND = 1000;

/** Tells a person who waits once a second how far it is: nothing under a second, nothing without a terminal. */
export function progress(
  { talk, waits }: Pick<Context, 'talk' | 'waits'>,
  what: string,
  total: number,
): () => void {
  let done = 0;
  let told = Date.now();
  return () => {
    done += 1;
    if (!waits || Date.now() - told < SECOND) return;
    told = Date.now();
    talk(`${what} ${done} of ${total}`);
  };
}
