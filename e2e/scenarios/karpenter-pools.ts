import type { Body, Reference } from '../api';
import { assert, type Stage } from '../scenario';

/** Runs with some fields of an object's spec changed, and puts the object of dist/ back. */
export async function withPatch(
  { api, documents }: Stage,
  kind: string,
  name: string,
  spec: unknown,
  run: () => Promise<void>,
): Promise<void> {
  const found = documents.find(({ object }) => object.kind === kind && object.metadata.name === name);
  assert(found !== undefined, `dist/ has no ${kind} ${name}`);
  const { status, body } = await api.patch(found.object, { spec });
  assert(status === 200, `${kind} ${name}: ${body.message}`);
  try {
    await run();
  } finally {
    await api.apply(found.object, found.text);
  }
}

/** Requirements of a NodePool of dist/ with one replaced, or one more. */
export function withRequirement({ documents }: Stage, pool: string, key: string, values: readonly string[]) {
  const found = documents.find(({ object }) => object.kind === 'NodePool' && object.metadata.name === pool);
  assert(found !== undefined, `dist/ has no NodePool ${pool}`);
  const { requirements } = (found.object as Reference & Body).spec.template.spec;
  const others = (requirements as Body[]).filter((one) => one.key !== key);
  return { template: { spec: { requirements: [...others, { key, operator: 'In', values }] } } };
}
