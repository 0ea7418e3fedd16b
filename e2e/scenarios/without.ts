import { assert, type Stage } from '../scenario';

/** Takes an object of dist/ away, waits until the API server acts on it, runs, and puts it back as it was. */
export async function withoutObject(
  { api, documents }: Stage,
  kind: string,
  name: string,
  run: () => Promise<void>,
): Promise<void> {
  const found = documents.find(({ object }) => object.kind === kind && object.metadata.name === name);
  assert(found !== undefined, `dist/ has no ${kind} ${name}`);
  await api.delete(found.object);
  // Policies are read every second; nothing tells from outside which ones are in force.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  try {
    await run();
  } finally {
    await api.apply(found.object, found.text);
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
