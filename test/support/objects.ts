import type { Container } from '../../imports/core';
import { type Template, templatesOf } from '../../lib/judge/templates';
import type { KubernetesObject } from '../../lib/render/manifest';

export { type Template, templatesOf };

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

/** The first container of a template: in Ray pods the one that runs Ray. */
export function mainContainer({ where, spec }: Template): Container {
  const [container] = spec.containers;
  if (container === undefined) throw new Error(`no container at ${where}`);
  return container;
}
