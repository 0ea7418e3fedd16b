import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { headerOf } from '../../lib/render/header';
import type { KubernetesObject, Manifest } from '../../lib/render/manifest';
import { type Plan, planChanges } from '../../lib/render/plan';

/** A small object; fields of the last argument are added or replaced. */
export function configMap(
  namespace: string,
  name: string,
  more: Readonly<Record<string, unknown>> = {},
): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, ...more };
}

/** An object with the owner that `charts/` would give it. */
export function manifest(cluster: string, tenant: string, name: string, object?: KubernetesObject): Manifest {
  const owner = {
    source: `tenants/${tenant}.yaml`,
    cluster,
    path: `${cluster}/tenants/${tenant}/${name}.yaml`,
  };
  return { object: object ?? configMap(tenant, name), owner };
}

/** The text of a file that tenantry could have written. */
export function generated(text = ''): string {
  return `${headerOf('tenants/vision.yaml')}\n${text}`;
}

/** Compares texts with a folder: what `planChanges` does with bytes. */
export function planTexts(
  dist: string,
  texts: ReadonlyMap<string, string>,
  scope: (path: string) => boolean,
): Plan {
  return planChanges(dist, new Map([...texts].map(([path, text]) => [path, Buffer.from(text)])), scope);
}

/** Runs with a temporary folder, gone afterwards. */
export function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes files below a folder. */
export function writeTree(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** All that is below a folder: the bytes of files, `folder`, `link`. Links are not followed. */
export function snapshot(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (folder: string) => {
    for (const name of readdirSync(join(root, folder)).sort()) {
      const path = join(folder, name);
      const stat = lstatSync(join(root, path));
      const kind = stat.isDirectory() ? 'folder' : 'link';
      found[path] = stat.isFile() ? `file ${readFileSync(join(root, path), 'utf8')}` : kind;
      if (stat.isDirectory()) walk(path);
    }
  };
  walk('');
  return found;
}

const PIECES = ['0', '1', '8', 'e', 'x', 'X', 'o', '_', '.', '+', '-', ':', ' ', '#', '\n', '\t', '\r', '~'];
const MORE_PIECES = [
  '<',
  '=',
  '|',
  '"',
  "'",
  '\\',
  '[',
  '{',
  'y',
  'on',
  'null',
  'inf',
  '---',
  '\u0085',
  '\u2028',
];

/** Text that is likely to be taken for something else. */
export const trickyText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...PIECES, ...MORE_PIECES), maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 20 }),
);

/** Any mapping that a manifest can hold. */
export const fields: fc.Arbitrary<Record<string, unknown>> = fc.letrec<{
  node: unknown;
  map: Record<string, unknown>;
}>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json' },
    trickyText,
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
    fc.array(tie('node'), { maxLength: 4, depthIdentifier: 'json' }),
    tie('map'),
  ),
  map: fc.dictionary(
    trickyText.filter((key) => !key.includes('\n')),
    tie('node'),
    { maxKeys: 4, noNullPrototype: true, depthIdentifier: 'json' },
  ),
})).map;
