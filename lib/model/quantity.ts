const MEBI: ReadonlyMap<string, number> = new Map([
  ['Mi', 1],
  ['Gi', 1024],
  ['Ti', 1024 * 1024],
]);

/** Mebibytes of a size such as `512Mi`, `4Gi` or `2Ti`, as the schemas allow it. */
export function toMebibytes(size: string): number {
  return Number(size.slice(0, -2)) * (MEBI.get(size.slice(-2)) ?? Number.NaN);
}

/** A Kubernetes quantity of mebibytes in the largest unit that keeps it whole: 2048 is `2Gi`. */
export function formatMebibytes(mebibytes: number): string {
  if (mebibytes === 0) return '0';
  for (const [unit, factor] of [...MEBI].reverse()) {
    if (mebibytes % factor === 0) return `${mebibytes / factor}${unit}`;
  }
  return `${Math.floor(mebibytes)}Mi`;
}

/** A Kubernetes quantity of cores in its canonical form: 2 is `2`, 0.5 is `500m`. */
export function formatCores(cores: number): string {
  const milli = Math.round(cores * 1000);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** Cores as people write them in a file: 0.1 + 0.2 is `0.3`. */
export function writeCores(cores: number): string {
  return String(Math.round(cores * 1000) / 1000);
}

const SECONDS: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
]);

/** Seconds of a duration such as `90s`, `30m` or `8h`. */
export function toSeconds(duration: string): number {
  return Number(duration.slice(0, -1)) * (SECONDS.get(duration.slice(-1)) ?? Number.NaN);
}
