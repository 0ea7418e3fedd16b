import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';

/** All documents of all YAML files below a folder, each in one canonical line. */
export function objectsBelow(folder: string, include: (path: string) => boolean = () => true): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  );
  return files
    .filter(include)
    .flatMap((path) => objectsIn(readFileSync(join(folder, path), 'utf8')))
    .sort();
}

/** All documents of one YAML text, each in one canonical line. */
export function objectsIn(text: string): string[] {
  return loadAll(text)
    .filter((document) => document !== null && document !== undefined)
    .map(canonical)
    .sort();
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
