import { identify } from '../../lib/render/identity';
import type { KubernetesObject } from '../../lib/render/manifest';
import { isDefinition, schemasWith } from './definitions';
import { findChart, reasonOf, template, versionOf } from './helm';
import { podFindings, randomFindings, shapeFindings } from './judge';
import type { Release } from './release';

/** A chart as it was rendered, and what is wrong with it. */
export interface Outcome {
  readonly release: Release;
  readonly objects: readonly KubernetesObject[];
  readonly findings: readonly string[];
}

interface Rendered {
  readonly release: Release;
  readonly first: readonly KubernetesObject[];
  readonly second: readonly KubernetesObject[];
  readonly definitions: readonly KubernetesObject[];
  readonly problems: readonly string[];
}

/** Renders and judges the charts of one cluster; `own` are the objects of its dist/. */
export function judgeReleases(
  folder: string,
  releases: readonly Release[],
  own: readonly KubernetesObject[],
): Outcome[] {
  const kubernetes = kubernetesOf(own);
  const rendered = releases.map((release) => render(folder, release, kubernetes));
  const lookUp = schemasWith(rendered.flatMap(({ definitions }) => definitions));
  return rendered.map(({ release, first, second, problems }) => ({
    release,
    objects: first,
    findings: [
      ...problems,
      ...shapeFindings(first, lookUp),
      ...randomFindings(first, second, release.ignored),
      ...podFindings(first, levelOf(own, release.namespace)),
    ],
  }));
}

function render(folder: string, release: Release, kubernetes: string): Rendered {
  const nothing = { release, first: [], second: [], definitions: [] };
  const path = findChart(folder, release);
  if (path === undefined) return { ...nothing, problems: [`not in ${folder}`] };
  const version = versionOf(path, release);
  const problems = version === release.version ? [] : [`the folder has version ${version}`];
  try {
    return {
      release,
      first: template(path, release, kubernetes, !release.skipCrds),
      second: template(path, release, kubernetes, !release.skipCrds),
      // Whoever installs them, they say what the chart's custom resources must look like.
      definitions: template(path, release, kubernetes, true).filter(isDefinition),
      problems,
    };
  } catch (error) {
    return { ...nothing, problems: [...problems, reasonOf(error)] };
  }
}

const LEVEL = 'pod-security.kubernetes.io/enforce';

function levelOf(own: readonly KubernetesObject[], namespace: string): string | undefined {
  const found = own.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace);
  return found?.metadata.labels?.[LEVEL];
}

/** The version that namespaces pin their Pod Security to is the cluster's. */
function kubernetesOf(own: readonly KubernetesObject[]): string {
  const pinned = own.map(({ metadata }) => metadata.labels?.[`${LEVEL}-version`]).find(Boolean);
  if (pinned === undefined) throw new Error('no Namespace says which Kubernetes version the cluster has');
  return pinned.slice(1);
}

/** Objects of two Applications: each would put its own back for ever. */
export function sharedObjects(outcomes: readonly Outcome[], own: readonly KubernetesObject[]): string[] {
  const owners = new Map<string, string>(own.map((object) => [identify(object), 'dist/']));
  return outcomes.flatMap(({ release, objects }) =>
    objects.flatMap((object) => {
      const { namespace = release.namespace } = object.metadata;
      const cluster = identify({ ...object, metadata: { name: object.metadata.name } });
      const key = owners.has(cluster)
        ? cluster
        : identify({ ...object, metadata: { ...object.metadata, namespace } });
      const owner = owners.get(key);
      owners.set(key, release.application);
      return owner === undefined ? [] : [`${key} comes from ${owner} and from ${release.application}`];
    }),
  );
}
