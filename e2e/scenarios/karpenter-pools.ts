import type { Body, Reference } from '../api';
import { assert, type Stage } from '../scenario';
import { documentOf } from './without';

/** Runs with some fields of an object's spec changed, and puts the object of dist/ back. */
export async function withPatch(
  stage: Stage,
  kind: string,
  name: string,
  spec: unknown,
  run: () => Promise<void>,
): Promise<void> {
  const { object, text } = documentOf(stage, kind, name);
  const { status, body } = await stage.api.patch(object, { spec });
  assert(status === 200, `${kind} ${name}: ${body.message}`);
  try {
    await run();
  } finally {
    await stage.api.apply(object, text);
  }
}

/** Requirements of a NodePool of dist/ with one replaced, or one more. */
export function withRequirement(stage: Stage, pool: string, key: string, values: readonly string[]) {
  const { requirements } = specOf(stage, 'NodePool', pool).template.spec;
  const others = (requirements as Body[]).filter((one) => one.key !== key);
  return { template: { spec: { requirements: [...others, { key, operator: 'In', values }] } } };
}

/** The spec of an object of dist/. */
export function specOf(stage: Stage, kind: string, name: string): Body {
  return (documentOf(stage, kind, name).object as Reference & Body).spec;
}
