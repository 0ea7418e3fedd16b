import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { loadPlatform } from '../lib/check/platform';
import { render } from '../lib/render/render';
import { formatIssues } from '../lib/report/text';
import type { Reference } from './api';

export interface Document {
  /** Path below dist/<cluster>/. */
  readonly path: string;
  readonly text: string;
  readonly object: Reference;
}

/** Documents of one cluster's dist/, each with its exact text, the platform before the tenants. */
export function documentsOf(dist: string, cluster: string): Document[] {
  const root = join(dist, cluster);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  );
  return documentsIn(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** What synth would write for a cluster, of the input files below a folder. Throws where they have errors. */
export function renderDocuments(root: string, cluster: string): Document[] {
  const { platform, issues } = loadPlatform(root);
  if (platform === undefined) throw new Error(formatIssues(issues, { color: false }));
  const files = [...render(platform).files].flatMap(([path, bytes]): [string, string][] =>
    path.startsWith(`${cluster}/`) ? [[path.slice(cluster.length + 1), bytes.toString()]] : [],
  );
  return documentsIn(files);
}

function documentsIn(files: readonly (readonly [path: string, text: string])[]): Document[] {
  return [...files]
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .flatMap(([path, file]) =>
      file.split(/^---\n/m).map((text) => ({ path, text, object: load(text) as Reference })),
    );
}

/** Namespaces first, then what Argo CD applies before tenants, then the rest. */
function rank(path: string): number {
  if (path.startsWith('platform/namespaces/') || path.endsWith('/namespace.yaml')) return 0;
  return path.startsWith('platform/') ? 1 : 2;
}

/** Names of the tenants of documents. */
export function tenantsOf(documents: readonly Document[]): string[] {
  return documents.flatMap(({ object: { kind, metadata } }) =>
    kind === 'Namespace' && metadata.labels?.['tenantry.dev/tenant'] !== undefined ? [metadata.name] : [],
  );
}
