import { posix } from 'node:path';
import { compare, type Issue } from '../issue';
import { wholeFile } from '../load/whole-file';
import type { KubernetesObject, Manifest } from './manifest';

/** What makes two objects of a cluster the same: group/Kind/namespace/name. The version does not count. */
export function identify({ apiVersion, kind, metadata }: KubernetesObject): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return [group, kind, metadata.namespace ?? '', metadata.name].join('/');
}

/** Names an object for people: `ResourceQuota vision/tenant`. */
export function nameObject({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

/** Errors for objects that are rendered more than once for a cluster: Argo CD would let the last one win. */
export function checkIdentities(manifests: readonly Manifest[]): Issue[] {
  const groups = groupBy(manifests, ({ object, owner }) => `${owner.cluster}/${identify(object)}`);
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined || same.length < 2) return [];
    const times = same.length === 2 ? 'twice' : `${same.length} times`;
    const message = `${nameObject(first.object)} is rendered ${times}: by ${listOwners(same)}`;
    return [collision('duplicate-object', same, message)];
  });
}

/** Errors for output files of two sources, or that differ in case only: macOS and Windows take them for one. */
export function checkFiles(manifests: readonly Manifest[]): Issue[] {
  const groups = groupBy(manifests, ({ owner }) => owner.path.toLowerCase());
  return [...groups].flatMap(([path, same]) => {
    const writers = new Set(same.map(nameOwner));
    const folder = ancestors(path).find((ancestor) => groups.has(ancestor));
    if (writers.size > 1) {
      const message = `one output file would be written ${writers.size} times: by ${listOwners(same)}`;
      return [collision('duplicate-file', same, message)];
    }
    if (folder === undefined) return [];
    const below = [...(groups.get(folder) ?? []), ...same];
    return [collision('duplicate-file', below, `a folder would be a file too: by ${listOwners(below)}`)];
  });
}

/** The folders above a path below dist/, the outermost first. */
export function ancestors(path: string): string[] {
  const parent = posix.dirname(path);
  return parent === '.' || parent === path ? [] : [...ancestors(parent), parent];
}

function collision(rule: string, same: readonly Manifest[], message: string): Issue {
  const [source = ''] = same.map(({ owner }) => owner.source).sort(compare);
  return wholeFile(source, rule, message, 'rename or remove all but one');
}

function nameOwner({ owner }: Manifest): string {
  return `${owner.source} (${owner.path})`;
}

/** Owners in an order that does not depend on the input's; one that makes an object twice stands there once. */
function listOwners(manifests: readonly Manifest[]): string {
  const names = [...new Set(manifests.map(nameOwner))].sort(compare);
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
