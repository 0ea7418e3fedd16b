import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import type { KubernetesObject } from '../../lib/render/manifest';
import type { Release } from './release';

const HELM = process.env.HELM ?? 'helm';
/** The largest chart, of CRDs, is 5 MB of text. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Where a folder keeps a chart: as `helm pull` names it, or unpacked. Undefined: it has none. */
export function findChart(folder: string, { chart, version }: Release): string | undefined {
  const packed = join(folder, `${chart}-${version}.tgz`);
  if (existsSync(packed)) return packed;
  const unpacked = join(folder, chart);
  return existsSync(join(unpacked, 'Chart.yaml')) ? unpacked : undefined;
}

/** The version of an unpacked chart; a packed one has it in its name. */
export function versionOf(path: string, { version }: Release): string {
  if (path.endsWith('.tgz')) return version;
  return String((load(readFileSync(join(path, 'Chart.yaml'), 'utf8')) as { version: string }).version);
}

/** What Argo CD's repo-server gets from Helm, hooks included. `crds` brings the folder crds/ too. */
export function template(
  path: string,
  release: Release,
  kubernetes: string,
  crds: boolean,
): KubernetesObject[] {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-charts-'));
  try {
    const values = join(folder, 'values.json');
    writeFileSync(values, JSON.stringify(release.values));
    const text = run([
      'template',
      release.name,
      path,
      `--namespace=${release.namespace}`,
      `--values=${values}`,
      `--kube-version=${kubernetes}.0`,
      ...(crds ? ['--include-crds'] : []),
      ...(release.skipSchemaValidation ? ['--skip-schema-validation'] : []),
    ]);
    return (loadAll(text) as (KubernetesObject | null)[]).filter((object) => object !== null);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Downloads the chart of a release into a folder. */
export function pull(folder: string, { repoURL, chart, version }: Release): void {
  const isHttp = repoURL.startsWith('https://');
  const source = isHttp ? [chart, `--repo=${repoURL}`] : [`oci://${repoURL}/${chart}`];
  run(['pull', ...source, `--version=${version}`, `--destination=${folder}`]);
}

/** Whether helm can be run at all. */
export function hasHelm(): boolean {
  try {
    run(['version', '--short']);
    return true;
  } catch {
    return false;
  }
}

/** What Helm says when it fails, without its command line. */
export function reasonOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return stderr?.trim() || message;
}

function run(args: readonly string[]): string {
  return execFileSync(HELM, args, {
    encoding: 'utf8',
    maxBuffer: MAX_BYTES,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
