import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { parseVersions } from '../../lib/import/versions';
import { CHARTS, type ChartName, type CrdSource } from '../../lib/model/charts';
import type { Reference } from '../api';
import type { Release } from '../charts/release';
import { customResourceDefinitions, kindOf } from '../crds';
import { publish } from './charts';
import { type Files, Repository } from './git';

const VERSIONS = parseVersions(readFileSync(join(__dirname, '../../imports/versions.yaml'), 'utf8'));

/** What dist/ needs of other people's Git repositories: their CRDs, cut down as in imports/. Argo CD's own are given. */
export function makeUpstreams(internet: string, argoCd: readonly Reference[]): void {
  const sources = Object.values(CHARTS).flatMap(({ crds }) => crds.filter(({ path }) => path !== undefined));
  for (const address of new Set(sources.map(({ repoURL }) => repoURL))) {
    const parts = sources.filter(({ repoURL }) => repoURL === address);
    const repository = new Repository(join(internet, address.slice('https://'.length)));
    const files = parts.flatMap(({ name, path }): [string, string][] => [
      [`${path}/README.md`, 'stand-in\n'],
      ...(name === 'argo-cd' ? argoCd : definitionsOf(name)).map((one): [string, string] => [
        `${path}/${one.metadata.name}.yaml`,
        dump(one),
      ]),
    ]);
    repository.init('main');
    repository.commit(new Map(files), 'stand-in');
    repository.tag(parts[0]?.revision ?? '');
  }
}

/** A stand-in for every chart that dist/ refers to: what it is given, what it is to run, and its CRDs if it has any. */
export function makeCharts(
  internet: string,
  helm: (...args: string[]) => void,
  releases: readonly Release[],
): void {
  for (const release of releases) publish(internet, helm, release, templatesOf(release));
}

function templatesOf({ application, chart }: Release): Files {
  const component = CHARTS[application as ChartName];
  const templates = new Map<string, string>();
  if (component !== undefined) templates.set('values.yaml', GIVEN).set('operator.yaml', OPERATOR);
  if (application === 'argo-cd') templates.set('argocd-cm.yaml', ARGOCD_CM);
  const holder = component?.templatesCrds === true ? application : crdChartOf(chart);
  for (const one of holder === undefined ? [] : definitionsOf(holder)) {
    templates.set(`${one.metadata.name}.yaml`, dump(one));
  }
  return templates;
}

/** The component whose CRDs are a chart of their own, which this is. */
function crdChartOf(chart: string): string | undefined {
  const sources = Object.entries(CHARTS) as [string, { crds: readonly CrdSource[] }][];
  return sources.find(([, { crds }]) => crds.some((source) => source.chart === chart))?.[0];
}

function definitionsOf(name: string): Reference[] {
  const source = VERSIONS.customResources.find((one) => one.name === name);
  const kinds = Object.keys(source?.kinds ?? {});
  return customResourceDefinitions().filter((definition) => kinds.includes(kindOf(definition)));
}

const GIVEN = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-values
data:
  values.yaml: |
    {{- toYaml .Values | nindent 4 }}
`;

const OPERATOR = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  selector:
    matchLabels: {app.kubernetes.io/instance: {{ .Release.Name }}}
  template:
    metadata:
      labels: {app.kubernetes.io/instance: {{ .Release.Name }}}
    spec:
      automountServiceAccountToken: false
      tolerations: [{operator: Exists}]
      securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: stand-in
          image: registry.k8s.io/pause:3.10
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
`;

const ARGOCD_CM = `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  labels: {app.kubernetes.io/part-of: argocd}
data:
  {{- range $key, $value := .Values.configs.cm }}
  {{ $key }}: {{ toString $value | toJson }}
  {{- end }}
`;
