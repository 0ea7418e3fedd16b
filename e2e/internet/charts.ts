import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dump } from 'js-yaml';
import type { Release } from '../charts/release';
import type { Files } from './git';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = 'application/vnd.cncf.helm.config.v1+json';
const CONTENT = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

/** Runs Helm. */
type Helm = (...args: string[]) => void;

/** Puts a chart with these templates where the release looks for it: a Helm repository, or a registry of OCI. */
export function publish(
  internet: string,
  helm: Helm,
  { repoURL, chart, version }: Release,
  templates: Files,
): void {
  const source = join(internet, 'sources', chart);
  const metadata = { apiVersion: 'v2', name: chart, version };
  write(join(source, 'Chart.yaml'), dump(metadata));
  for (const [name, text] of templates) write(join(source, 'templates', name), text);
  if (repoURL.startsWith('https://')) publishToRepository(internet, helm, repoURL, source);
  else publishToRegistry(internet, helm, repoURL, source, metadata);
}

function publishToRepository(internet: string, helm: Helm, repoURL: string, source: string): void {
  const folder = join(internet, repoURL.slice('https://'.length));
  helm('package', source, '--destination', folder);
  helm('repo', 'index', folder, '--url', repoURL);
}

function publishToRegistry(
  internet: string,
  helm: Helm,
  repoURL: string,
  source: string,
  metadata: { readonly name: string; readonly version: string },
): void {
  const { name, version } = metadata;
  const [host = '', ...path] = repoURL.split('/');
  const folder = join(internet, host, 'v2', ...path, name);
  helm('package', source, '--destination', folder);
  const blob = (mediaType: string, bytes: Buffer) => {
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    write(join(folder, 'blobs', digest), bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: blob(CONFIG, Buffer.from(JSON.stringify(metadata))),
    layers: [blob(CONTENT, readFileSync(join(folder, `${name}-${version}.tgz`)))],
  };
  const bytes = Buffer.from(JSON.stringify(manifest));
  const { digest } = blob(MANIFEST, bytes);
  for (const reference of [version, digest]) write(join(folder, 'manifests', reference), bytes);
  write(join(folder, 'tags', 'list'), JSON.stringify({ name: [...path, name].join('/'), tags: [version] }));
}

function write(file: string, content: string | Buffer): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
