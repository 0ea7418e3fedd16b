const DURATION = /^[-+]?(0|(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$/;

/** Whether Go's time.ParseDuration reads a text. */
export function isDuration(text: string): boolean {
  return DURATION.test(text);
}
