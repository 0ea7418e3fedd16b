import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from '../issue';
import type { KubernetesDocument } from '../load/kubernetes/document';
import { readObjects } from '../load/kubernetes/read';

/** Standard input, as a path. */
const STDIN = '-';

/** A path that cannot be read. */
export class NoInput extends Error {}

/** The files of paths: folders stand for the manifests below them. */
export function listFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (path === STDIN) return [STDIN];
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) throw new NoInput(`${path}: no such file or folder`);
    if (!stats.isDirectory()) return [path];
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ya?ml|json|jsonl|ndjson)$/.test(name))
      .sort(compare)
      .map((name) => join(path, name));
  });
}

/** The objects of a file. */
export function objectsOf(file: string): Generator<KubernetesDocument> {
  return readObjects(file, readBytes(file));
}

let stdin: Buffer | undefined;

/** The bytes of a file; standard input is read once. */
export function readBytes(file: string): Buffer {
  try {
    if (file !== STDIN) return readFileSync(file);
    stdin ??= readFileSync(0);
    return stdin;
  } catch (error) {
    throw new NoInput(`${file}: cannot be read (${String(Object(error).code)})`);
  }
}
