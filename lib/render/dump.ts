import { blockText } from './block';
import { canonical } from './canonical';
import { nameObject } from './identity';
import type { KubernetesObject } from './manifest';

/**
 * YAML text that every reader takes for the same value. Equal values have equal bytes: keys are in canonical
 * order. Throws for what a manifest cannot hold (see canonical): a mistake of ours.
 */
export function dumpText(value: unknown): string {
  return blockText(canonical(value));
}

/** An object as YAML text; an Error names the object too. */
export function dumpObject(object: KubernetesObject): string {
  try {
    return dumpText(object);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${nameObject(object)}: ${message}`, { cause: error });
  }
}

/** A file: the header, then each object as a document of its own. */
export function dumpFile(objects: readonly KubernetesObject[], header: string): string {
  // No `---` after the header: Kubernetes' decoder would read an object `null` before it.
  return `${header}\n${objects.map(dumpObject).join('---\n')}`;
}
