import type { Api, Body, Reference } from '../api';
import type { Document } from '../dist';
import { assert } from '../scenario';

export type Ray = Reference & Body & { readonly metadata: { readonly namespace: string } };

export interface RayDocument extends Document {
  readonly object: Ray;
}

/** Documents of dist/ with Ray objects of some kinds, in its order. */
export function raysOf(documents: readonly Document[], ...kinds: string[]): RayDocument[] {
  return (documents as readonly RayDocument[]).filter(
    ({ object }) => object.apiVersion === 'ray.io/v1' && kinds.includes(object.kind),
  );
}

/** The cluster that a Ray object asks for: a RayCluster is one, the others hold one. */
export function clusterSpecOf({ spec }: Body): Body {
  return spec.rayClusterConfig ?? spec.rayClusterSpec ?? spec.jobTemplate?.rayClusterSpec ?? spec;
}

/** The RayCluster of a Ray object: itself, or the one that KubeRay made for it. Fails unless there is exactly one. */
export async function rayClusterOf(api: Api, object: Ray): Promise<Ray> {
  const { apiVersion, kind, metadata } = object;
  if (kind === 'RayCluster') return (await api.get(object)).body as Ray;
  const origin = `ray.io/originated-from-cr-name=${metadata.name},ray.io/originated-from-crd=${kind}`;
  const { namespace } = metadata;
  const found = await api.list<Ray>({ apiVersion, kind: 'RayCluster', namespace }, origin);
  const [one] = found;
  assert(
    one !== undefined && found.length === 1,
    `${nameOf(object)} has ${found.length} RayClusters, not one`,
  );
  // Items of a list carry no kind of their own.
  return { ...one, apiVersion, kind: 'RayCluster' };
}

/** The pods of a RayCluster that nobody has deleted. */
export async function podsOf(api: Api, { metadata }: Ray): Promise<Ray[]> {
  const { name, namespace } = metadata;
  return livePods(api, namespace, `ray.io/cluster=${name}`);
}

/** Pods of a namespace with some labels that nobody has deleted. */
export async function livePods(api: Api, namespace: string, labels: string): Promise<Ray[]> {
  const pods = await api.list<Ray>({ apiVersion: 'v1', kind: 'Pod', namespace }, labels);
  return pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** How messages name an object. */
export function nameOf({ kind, metadata }: Reference): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}
