import type { Container, PodSpec, PodTemplateSpec } from '../../imports/core';
import type { KubernetesObject } from '../../lib/render/manifest';

type Path = readonly (string | number)[];

/** Objects of a kind, as the type that the caller knows them by. */
export function ofKind<T = KubernetesObject>(objects: readonly KubernetesObject[], kind: string): T[] {
  return objects.filter((object) => object.kind === kind) as T[];
}

/** The object of a kind and name; an Error where there is none. */
export function find<T = KubernetesObject>(
  objects: readonly KubernetesObject[],
  kind: string,
  name: string,
): T {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found as T;
}

/** A copy with another value at a path; undefined removes the field. An Error where the path leads nowhere. */
export function change<T>(value: T, path: Path, replacement: unknown): T {
  const copy = structuredClone(value);
  const parent = path.slice(0, -1).reduce((inner: unknown, key) => child(inner, key, path), copy) as object;
  const last = path.at(-1) ?? '';
  if (replacement === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, replacement);
  return copy;
}

function child(value: unknown, key: string | number, path: Path): unknown {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  if (typeof found !== 'object') throw new Error(`nothing at ${path.join('.')}: ${key}`);
  return found;
}

/** A pod template anywhere in an object, and where it stands. */
export interface Template {
  readonly where: string;
  readonly metadata: NonNullable<PodTemplateSpec['metadata']>;
  readonly spec: PodSpec;
}

/** Every pod template in an object, however deep. */
export function templatesOf(value: unknown, where = ''): Template[] {
  if (typeof value !== 'object' || value === null) return [];
  const { metadata = {}, spec } = value as PodTemplateSpec;
  if (typeof spec === 'object' && 'containers' in spec) return [{ where, metadata, spec }];
  return Object.entries(value).flatMap(([key, inner]) =>
    templatesOf(inner, where === '' ? key : `${where}.${key}`),
  );
}

/** The first container of a template: in Ray pods the one that runs Ray. */
export function mainContainer({ where, spec }: Template): Container {
  const [container] = spec.containers;
  if (container === undefined) throw new Error(`no container at ${where}`);
  return container;
}
