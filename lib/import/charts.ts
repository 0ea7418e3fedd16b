import { compare } from '../issue';
import type { ChartReference, CrdSource } from '../model/charts';
import type { ChartSource, Versions } from './versions';

/** The file below imports/ that charts/ and argocd/ read: what versions.yaml says about Helm charts. */
export const CHARTS_FILE = 'charts.json';

/** Charts by component, with the sources of their CRDs looked up. Throws an Error for a name that nothing has. */
export function chartReferences(versions: Versions): Record<string, ChartReference> {
  return Object.fromEntries(
    Object.entries(versions.charts)
      .sort(([a], [b]) => compare(a, b))
      .map(([name, source]) => [name, reference(name, source, versions)]),
  );
}

function reference(name: string, source: ChartSource, versions: Versions): ChartReference {
  const { repository, chart, version, appVersion, kubernetes } = source;
  const { repoURL, crds } = { repoURL: repoUrl(repository), crds: crdSources(name, source, versions) };
  return {
    repoURL,
    chart,
    version,
    appVersion,
    kubernetes,
    crds,
    templatesCrds: source.crds === 'in-chart',
  };
}

/** Argo CD takes an address without a scheme for an OCI registry of charts (3.5, helm.IsHelmOciRepo). */
function repoUrl(repository: string): string {
  return repository.replace(/^oci:\/\//, '');
}

function crdSources(name: string, source: ChartSource, { customResources }: Versions): CrdSource[] {
  const { crds, repository, version } = source;
  if (typeof crds === 'string') return [];
  if (!Array.isArray(crds)) {
    return [{ name, repoURL: repoUrl(repository), chart: crds.chart, revision: version }];
  }
  return crds.map((wanted) => {
    const found = customResources.find((entry) => entry.name === wanted);
    if (found === undefined) throw new Error(`charts.${name}.crds: customResources has no ${wanted}`);
    return {
      name: wanted,
      repoURL: `https://github.com/${found.repository}.git`,
      path: found.path,
      revision: found.version,
      ...(found.exclude === undefined ? {} : { exclude: found.exclude }),
    };
  });
}
