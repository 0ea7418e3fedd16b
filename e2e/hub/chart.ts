import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KubernetesObject } from '../../lib/render/manifest';
import { findChart, hasHelm, template } from '../charts/helm';
import { type Release, releasesOf } from '../charts/release';

const DIST = resolve(__dirname, '../../dist');

/** Values of the chart, as dist/ has them. */
// biome-ignore lint/suspicious/noExplicitAny: values have the shape that the chart wants.
export type Values = any;

/** What this machine lacks to render the chart: it is not in this repository, and users have it by its address. */
export function chartMissing(cluster: string): string | undefined {
  const folder = process.env.TENANTRY_CHARTS;
  if (folder === undefined) return 'the chart is not here: npm run charts -- --pull DIR, then --charts DIR';
  if (!existsSync(folder) || findChart(folder, releaseOf(cluster)) === undefined)
    return `${folder} has no JupyterHub chart`;
  return hasHelm() ? undefined : 'helm is not here: put it into the PATH, or its path into HELM';
}

/** What Argo CD applies for the hub of a cluster, with values as dist/ has them or changed. */
export function hubObjects(cluster: string, change: (values: Values) => Values): KubernetesObject[] {
  const release = releaseOf(cluster);
  const path = findChart(process.env.TENANTRY_CHARTS ?? '', release);
  if (path === undefined) throw new Error('the chart is gone');
  return template(path, { ...release, values: change(structuredClone(release.values)) }, '1.36', false);
}

function releaseOf(cluster: string): Release {
  const found = releasesOf(DIST, cluster).find(({ application }) => application === 'jupyterhub');
  if (found === undefined) throw new Error(`dist/${cluster} has no JupyterHub`);
  return found;
}
