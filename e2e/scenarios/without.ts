import type { Body, Reference } from '../api';
import type { Document } from '../dist';
import { expectStatus } from '../expect';
import { assert, type Stage } from '../scenario';

/** Takes an object of dist/ away, waits until the API server acts on it, runs, and puts it back as it was. */
export async function withoutObject(
  stage: Stage,
  kind: string,
  name: string,
  run: () => Promise<void>,
): Promise<void> {
  const { object, text } = documentOf(stage, kind, name);
  await stage.api.delete(object);
  try {
    await inForce();
    await run();
  } finally {
    await stage.api.apply(object, text);
    await inForce();
  }
}

/** Runs without some admission policies: what is behind them holds as well. */
export function withoutPolicies(
  stage: Stage,
  [policy, ...others]: readonly string[],
  run: () => Promise<void>,
): Promise<void> {
  if (policy === undefined) return run();
  return withoutObject(stage, 'ValidatingAdmissionPolicyBinding', `tenantry-${policy}`, () =>
    withoutPolicies(stage, others, run),
  );
}

// biome-ignore lint/suspicious/noExplicitAny: a spec is whatever dist/ has.
type Change = (spec: any) => void;

/** Runs while the spec of an object of dist/ is another one, then puts it back as it was. */
export async function withChanged(
  stage: Stage,
  { kind, name, namespace }: { kind: string; name: string; namespace?: string },
  change: Change,
  run: () => Promise<void>,
): Promise<void> {
  const { object, text } = documentOf(stage, kind, name, namespace);
  const changed = structuredClone(object) as Reference & Body;
  change(changed.spec);
  await expectStatus(stage.api.apply(object, JSON.stringify(changed)), 200);
  try {
    await inForce();
    await run();
  } finally {
    await stage.api.apply(object, text);
    await inForce();
  }
}

/** An object of dist/ with its exact text. */
export function documentOf({ documents }: Stage, kind: string, name: string, namespace?: string): Document {
  const found = documents.find(
    ({ object: { kind: other, metadata } }) =>
      other === kind && metadata.name === name && metadata.namespace === namespace,
  );
  assert(found !== undefined, `dist/ has no ${kind} ${name}`);
  return found;
}

/** Policies are read every second; nothing tells from outside which ones are in force. */
function inForce(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 3000));
}
