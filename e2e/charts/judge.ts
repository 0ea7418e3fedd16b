import type { PodSpec } from '../../imports/core';
import { formatPointer } from '../../lib/check/reporter';
import { canonical } from '../../lib/judge/duplicates';
import { podSecurityProblems } from '../../lib/judge/pod-security';
import { checkSchema } from '../../lib/judge/schema';
import type { LoadSchema } from '../../lib/model/schemas';
import { identify, nameObject } from '../../lib/render/identity';
import type { KubernetesObject } from '../../lib/render/manifest';
import type { Release } from './release';

/** What the API server would have against an object, as the judge of dist/ says it. */
export function shapeFindings(objects: readonly KubernetesObject[], lookUp: LoadSchema): string[] {
  return objects.flatMap((object) => {
    const found = lookUp(object.apiVersion, object.kind);
    if (found === undefined) return [`${nameObject(object)}: no schema for ${object.apiVersion}`];
    // Not the scope: Argo CD puts a namespace in where one is missing, and takes it away where none may be (3.5).
    return checkSchema(object, found).map(
      ({ pointer, message }) => `${nameObject(object)}: ${formatPointer(pointer)} ${message}`,
    );
  });
}

/** Objects that two renderings of the same values do not agree on, but for what the Application ignores. */
export function randomFindings(
  first: readonly KubernetesObject[],
  second: readonly KubernetesObject[],
  ignored: Release['ignored'],
): string[] {
  const texts = (objects: readonly KubernetesObject[]) =>
    new Map(objects.map((object) => [identify(object), canonical(withoutIgnored(object, ignored))]));
  const [before, after] = [texts(first), texts(second)];
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => `${name}: is another one at each rendering`);
}

function withoutIgnored(object: KubernetesObject, ignored: Release['ignored']): KubernetesObject {
  const pointers = ignored
    .filter(
      ({ kind, name }) => kind === object.kind && (name ?? object.metadata.name) === object.metadata.name,
    )
    .flatMap(({ jsonPointers = [] }) => jsonPointers);
  if (pointers.length === 0) return object;
  const copy: KubernetesObject = JSON.parse(JSON.stringify(object));
  for (const pointer of pointers) remove(copy, pointer.slice(1).split('/'));
  return copy;
}

function remove(parent: unknown, [escaped = '', ...rest]: readonly string[]): void {
  if (typeof parent !== 'object' || parent === null) return;
  const map = parent as Record<string, unknown>;
  const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
  if (rest.length === 0) delete map[key];
  else remove(map[key], rest);
}

type Workload = KubernetesObject & { readonly spec?: { readonly template?: { readonly spec?: PodSpec } } };

/** Pods that Pod Security would refuse in their namespace; the level is the namespace's own label. */
export function podFindings(objects: readonly KubernetesObject[], level: string | undefined): string[] {
  if (level !== 'restricted') return [];
  return objects.flatMap((object) => {
    const pod = (object as Workload).spec?.template?.spec;
    if (pod?.containers === undefined) return [];
    const problems = [...new Set(podSecurityProblems(pod))];
    return problems.length === 0
      ? []
      : [`${nameObject(object)}: Pod Security refuses ${problems.join(', ')}`];
  });
}
