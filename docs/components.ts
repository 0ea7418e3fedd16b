import type { Component } from '../charts/platform/component';
import { CHARTS, type ChartName, type ChartReference, type KubernetesRange } from '../lib/model/charts';

const HEAD = `# Components and their versions

Made by \`npm run docs\` from \`imports/versions.yaml\` and \`charts/platform/\`.

Argo CD's root \`platform\` syncs wave after wave and waits for health in between. A component has up to three
Applications: \`<crds>-crds\` in wave 0, the Helm chart \`<component>\` in its own wave, and objects of ours,
\`<component>-config\`, one wave later.

| component | wave | chart | program | Kubernetes | CRDs |
|---|--:|---|---|---|---|
`;

const TAIL = `
The CRDs come apart from the chart because deleting a CRD deletes every object of its kind: the Applications of CRDs
never prune. Where a chart templates them, they name its webhook, and the chart's Application brings them.

## Raising a version

1. Change it in \`imports/versions.yaml\`: the chart, its CRDs and the Kubernetes versions that the vendor names.
2. \`npm run import\`, then \`npm run synth\` and \`npm run docs\`.
3. \`npm run charts -- --pull charts.tmp\`, then \`npm run charts -- --from charts.tmp\`: every chart is templated
   twice with our values and judged. It says what would be refused, and what is another one at each rendering.
4. Promote: staging follows its branch first (see [decisions/0008](../decisions/0008-promotion-by-revision.md)).

A cluster whose Kubernetes version is outside the range of a component is an error of \`tenantry check\`
(\`kubernetes-version\`): raise the components before the cluster.

## Where the ranges were read

| component | source |
|---|---|
`;

/** The page about components: docs/operations/components.md. */
export function componentsPage(components: readonly Component[]): string {
  const rows = components.map((component) => {
    const { name, wave, values, charts } = component;
    const chart = values === undefined ? undefined : CHARTS[name as ChartName];
    const own = charts === undefined ? '' : ', own objects';
    if (chart === undefined) return row([name, String(wave), 'own objects only', '', '', '']);
    const { version, appVersion, kubernetes } = chart;
    return row([
      name,
      String(wave),
      `${chart.chart} ${version}${own}`,
      appVersion,
      rangeText(kubernetes),
      crdsText(chart),
    ]);
  });
  const sources = Object.entries(CHARTS).map(([name, { kubernetes }]) => row([name, kubernetes.source]));
  return `${HEAD}${rows.join('')}${TAIL}${sources.join('')}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function rangeText({ min, max }: KubernetesRange): string {
  if (min === undefined && max === undefined) return 'not published';
  return max === undefined ? `${min} and later` : `${min} to ${max}`;
}

function crdsText({ crds, templatesCrds }: ChartReference): string {
  if (templatesCrds) return 'in the chart';
  if (crds.length === 0) return 'none';
  return crds
    .map(({ repoURL, chart, path, revision, exclude }) =>
      chart === undefined
        ? `${repoURL.slice('https://github.com/'.length, -'.git'.length)} ${revision}, \`${path}\`${exclude === undefined ? '' : ` without \`${exclude}\``}`
        : `chart ${chart} ${revision}`,
    )
    .join('; ');
}
