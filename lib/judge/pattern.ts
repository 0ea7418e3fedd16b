import { setFlagsFromString } from 'node:v8';

// The API server matches in linear time (RE2); Karpenter's pattern for schedules takes V8 minutes on 200 blanks.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

const compiled = new Map<string, RegExp>();

/** Whether a text matches a pattern of a schema, as RE2 understands it. Throws SyntaxError on a bad pattern. */
export function matches(pattern: string, text: string): boolean {
  let regExp = compiled.get(pattern);
  if (regExp === undefined) {
    regExp = compile(pattern);
    compiled.set(pattern, regExp);
  }
  return regExp.test(text);
}

/** V8's linear engine knows neither flags inside a pattern nor the `u` flag. */
function compile(pattern: string): RegExp {
  const bare = pattern.replaceAll('(?i)', '');
  return new RegExp(bare, bare === pattern ? '' : 'i');
}
