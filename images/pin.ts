import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { suggest } from '../lib/check/did-you-mean';
import { parseDocument } from '../lib/load/yaml';
import { own } from '../lib/own';
import type { ClusterFile } from '../lib/schema/cluster';

const HELP = `Writes the digest of a built image into a cluster file; everything else stays byte for byte.

  node --import tsx images/pin.ts CLUSTER KEY DIGEST
  node --import tsx images/pin.ts staging ray-2.60-py312-cpu sha256:0123…
`;

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** A cluster file with the image of a key by its digest. Throws a TypeError that says what is wrong with the arguments. */
export function pinned(file: string, bytes: Uint8Array, key: string, digest: string): string {
  if (!DIGEST.test(digest)) throw new TypeError(`"${digest}" is no digest such as sha256: and 64 hex digits`);
  const { document, issues } = parseDocument(file, bytes);
  if (document === undefined) throw new TypeError(`${file}: ${issues[0]?.message}`);
  const { images } = (document.value as ClusterFile).spec;
  const image = own(images, key)?.image;
  if (image === undefined) {
    const hint = suggest(key, Object.keys(images));
    throw new TypeError(`${file} has no image "${key}"${hint && `; did you mean "${hint}"?`}`);
  }
  const pointer = ['spec', 'images', key, 'image'];
  const { line, column } = document.at(pointer);
  const lines = Buffer.from(bytes).toString().split('\n');
  const old = lines[line - 1] ?? '';
  const end = column - 1 + document.written(pointer).length;
  lines[line - 1] = `${old.slice(0, column - 1)}${repository(image)}@${digest}${old.slice(end)}`;
  return lines.join('\n');
}

/** The address without tag and digest; a colon before a slash belongs to a port. */
function repository(image: string): string {
  return image.replace(/(@.*|:[^/:@]*)$/, '');
}

function main([cluster, key, digest, ...more]: string[]): number {
  if (cluster === undefined || key === undefined || digest === undefined || more.length > 0) {
    process.stdout.write(HELP);
    return 2;
  }
  const file = `clusters/${cluster}.yaml`;
  const path = resolve(__dirname, '..', file);
  try {
    writeFileSync(path, pinned(file, readFileSync(path), key, digest));
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

if (require.main === module) process.exit(main(process.argv.slice(2)));
