import { load } from 'js-yaml';
import { identify } from '../render/identity';
import type { KubernetesObject } from '../render/manifest';
import type { Plan } from '../render/plan';

/** An object of dist/ that a run changes, or takes out. */
export interface Change {
  /** File below dist/ that has it now, or had it. */
  readonly path: string;
  readonly old: KubernetesObject;
  /** Undefined where it leaves dist/. */
  readonly now?: KubernetesObject;
}

/**
 * Objects of some kinds that are in dist/, and are others or gone after a run. Default: all kinds. An object that only
 * moves to another file stays.
 */
export function changesOf({ old, write }: Pick<Plan, 'old' | 'write'>, kinds?: readonly string[]): Change[] {
  const now = new Map(
    write.flatMap(({ path, bytes }) =>
      objectsIn(bytes, kinds).map((object) => [keyOf(path, object), { path, now: object }] as const),
    ),
  );
  return [...old].flatMap(([path, bytes]) =>
    objectsIn(bytes, kinds).map((object) => ({ path, old: object, ...now.get(keyOf(path, object)) })),
  );
}

function keyOf(path: string, object: KubernetesObject): string {
  return `${path.slice(0, path.indexOf('/'))}/${identify(object)}`;
}

/** Objects of a file that tenantry wrote; none where somebody has broken it since. Parsing costs more than looking. */
function objectsIn(bytes: Buffer, kinds?: readonly string[]): KubernetesObject[] {
  const texts = bytes.toString().split(/^---\n/m);
  const wanted = kinds?.map((kind) => `\nkind: ${kind}\n`);
  try {
    return texts
      .filter((text) => wanted?.some((line) => text.includes(line)) ?? true)
      .map((text) => load(text) as KubernetesObject);
  } catch {
    return [];
  }
}
