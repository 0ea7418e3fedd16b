import type { Application, AppProject } from '../../imports/argoproj.io';
import type { KubernetesObject, Manifest } from '../../lib/render/manifest';

/** Argo CD's globs: `*` and `?` match anything, also in names of namespaces (projects.md, 3.5). */
function matches(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`).test(text);
}

/** Whether a project lets an Application of a destination namespace apply an object. */
export function permits({ spec }: AppProject, object: KubernetesObject): boolean {
  const { apiVersion, kind, metadata } = object;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const isListed = (item: { group: string; kind: string; name?: string }) =>
    matches(item.group, group) && matches(item.kind, kind) && matches(item.name ?? '*', metadata.name);
  const { namespace } = metadata;
  if (namespace === undefined) return (spec.clusterResourceWhitelist ?? []).some(isListed);
  // Absent means every kind, an empty list none.
  const kindAllowed = spec.namespaceResourceWhitelist?.some(isListed) ?? true;
  return kindAllowed && reaches(spec, namespace);
}

function reaches(spec: AppProject['spec'], namespace: string): boolean {
  return (spec.destinations ?? []).some(
    (destination) =>
      destination.server === 'https://kubernetes.default.svc' &&
      matches(destination.namespace ?? '', namespace),
  );
}

/** Whether a project lets an Application be: its repository and its destination (IsSourcePermitted, IsDestinationPermitted). */
export function admits({ spec }: AppProject, { spec: application }: Application): boolean {
  const repository = application.source?.repoURL ?? '';
  return (
    (spec.sourceRepos ?? []).some((pattern) => matches(pattern, repository)) &&
    application.destination.server === 'https://kubernetes.default.svc' &&
    reaches(spec, application.destination.namespace ?? '')
  );
}

/** Rendered files, below dist/, that an Application syncs. */
export function filesOf({ spec }: Application, manifests: readonly Manifest[]): string[] {
  const { path = '', directory = {} } = spec.source ?? {};
  const paths = new Set(manifests.map(({ owner }) => `dist/${owner.path}`));
  return [...paths].filter((file) => {
    const name = file.slice(path.length + 1);
    const inFolder = file.startsWith(`${path}/`) && (directory.recurse === true || !name.includes('/'));
    return (
      inFolder &&
      (directory.include === undefined || matches(directory.include, name)) &&
      (directory.exclude === undefined || !matches(directory.exclude, name))
    );
  });
}
