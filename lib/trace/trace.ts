import type { Inputs } from '../check/inputs';
import type { Pointer, Source } from '../issue';
import { canonical } from '../judge/duplicates';
import { valueAt } from '../judge/rules/path';
import { identify } from '../render/identity';
import type { Manifest } from '../render/manifest';
import { type Scene, sceneOf } from './scene';
import { type Leaf, leavesOf, variantsOf, withValue } from './variants';

/** What becomes of the objects when one field has another value. */
interface Effect extends Leaf {
  readonly manifests: readonly Manifest[];
  /** How many objects differ. */
  readonly spread: number;
}

/**
 * Finds the field of an input file that a value of a rendered object comes from: gives one field after the other
 * another value, renders again, and looks at the value. Nothing has to be recorded while charts run, and no chart can
 * forget to. It takes a second, and is asked only where something is wrong.
 */
export function tracer(inputs: Inputs): (manifest: Manifest, pointer: Pointer) => Source | undefined {
  const scenes = new Map<string, { scene: Scene; effects: Effect[] } | undefined>();
  return (manifest, pointer) => {
    const { source, cluster } = manifest.owner;
    const key = `${cluster}/${source}`;
    if (!scenes.has(key)) {
      const scene = sceneOf(inputs, source, cluster);
      scenes.set(key, scene && { scene, effects: effectsOf(scene) });
    }
    const found = scenes.get(key);
    const cause = found && causeOf(manifest, pointer, found.scene, found.effects);
    return cause && found.scene.document.at(cause.pointer);
  };
}

function effectsOf(scene: Scene): Effect[] {
  const before = scene.manifests.map(({ object }) => canonical(object));
  return leavesOf(scene.file).flatMap((leaf) => {
    for (const variant of variantsOf(leaf.value)) {
      const manifests = attempt(() => scene.render(withValue(scene.file, leaf.pointer, variant)));
      const spread = manifests === undefined ? 0 : differences(before, manifests);
      if (manifests !== undefined && spread > 0) return [{ ...leaf, manifests, spread }];
    }
    return [];
  });
}

function differences(before: readonly string[], after: readonly Manifest[]): number {
  const same = new Set(after.map(({ object }) => canonical(object)));
  return before.filter((text) => !same.has(text)).length;
}

/** Charts may throw on a file that no check has seen. */
function attempt<T>(render: () => T): T | undefined {
  try {
    return render();
  } catch {
    return undefined;
  }
}

/** The field that changes the value and little else; of a value that nothing changes, the one of what is around it. */
function causeOf(
  manifest: Manifest,
  pointer: Pointer,
  { manifests }: Scene,
  effects: readonly Effect[],
): Effect | undefined {
  const index = manifests.findIndex((candidate) => isSame(candidate, manifest));
  for (let depth = pointer.length; depth > 0; depth--) {
    const at = pointer.slice(0, depth).map(String);
    const value = valueIn(manifests[index], at);
    const causes = effects.filter(
      (effect) =>
        canonical({ value: valueIn(counterpart(effect, manifest, index), at) }) !== canonical({ value }),
    );
    const [best] = causes.sort((a, b) => rank(value, at, a) - rank(value, at, b) || a.spread - b.spread);
    if (best !== undefined) return best;
  }
  return undefined;
}

/** The same object after the change, which may have another name. */
function counterpart({ manifests }: Effect, manifest: Manifest, index: number): Manifest | undefined {
  const same = manifests.find((candidate) => isSame(candidate, manifest));
  if (same !== undefined) return same;
  const there = manifests[index];
  return there?.object.kind === manifest.object.kind ? there : undefined;
}

function isSame(a: Manifest, b: Manifest): boolean {
  return a.owner.path === b.owner.path && identify(a.object) === identify(b.object);
}

function valueIn(manifest: Manifest | undefined, at: readonly string[]): unknown {
  return at.reduce<unknown>(
    (inner, key) => (Array.isArray(inner) ? inner[Number(key)] : valueAt(inner, [key])),
    manifest?.object,
  );
}

/** Less is more likely: the value is what is written, or has it inside, or both are called the same. */
function rank(value: unknown, at: readonly string[], { value: written, pointer }: Leaf): number {
  const [shown, text] = [typeof value === 'object' ? '' : String(value), String(written)];
  if (shown === text) return 0;
  if (text.length > SHORT && shown.includes(text)) return 1;
  const names = new Set(wordsOf(at));
  return wordsOf(pointer).some((word) => names.has(word)) ? 2 : 3;
}

/** Texts that stand in many others by chance. */
const SHORT = 3;

function wordsOf(pointer: Pointer): string[] {
  return pointer.slice(1).flatMap(
    (segment) =>
      String(segment)
        .toLowerCase()
        .match(/[a-z]+/g) ?? [],
  );
}
