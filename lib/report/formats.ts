import type { Issue } from '../issue';
import { formatGithub } from './github';
import { formatJson } from './json';
import { formatJunit } from './junit';
import { formatSarif } from './sarif';

/** Writes issues for a program; `objects` is how many objects were judged. */
export type Format = (issues: readonly Issue[], objects: number) => string;

/** Formats other than text by the name that `--format` takes. */
export const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['json', formatJson],
  ['github', formatGithub],
  ['sarif', formatSarif],
  ['junit', formatJunit],
]);
