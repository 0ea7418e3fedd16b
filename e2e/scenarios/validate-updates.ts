import { CASES, objectsOf } from '../../test/judge/rules/cases';
import type { Reference } from '../api';
import { assert, type Scenario, type Stage } from '../scenario';
import { until } from '../wait';
import { moved, NAMESPACE, ours } from './validate-agrees';

/** Why an update would be refused; nothing where it would be accepted. */
type Verdict = (object: Reference, old: Reference) => readonly string[];

/** The API server and `tenantry validate --old` say the same about every update. */
export const validateUpdates: Scenario = {
  name: 'validate-updates',
  says: 'tenantry validate --old and the API server agree on the updates of all cases of rules',
  once: true,
  run: (stage) => agree(stage, ours),
  twins: {
    'a judge that does not know the old object': (stage) => agree(stage, (object) => ours(object)),
  },
};

async function agree(stage: Stage, verdict: Verdict): Promise<void> {
  const { api } = stage;
  await api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  const disagreements: string[] = [];
  let [updates, refused, impossible] = [0, 0, 0];
  for (const [object, old] of updatesOf()) {
    await gone(stage, old);
    const made = await api.create(old);
    if (made.status !== 201) {
      impossible++;
      continue;
    }
    const { there, answer } = await replaced(stage, object, old);
    const { status, body } = answer;
    await gone(stage, old);
    updates++;
    const theirs = status < 300 ? undefined : `${status} ${body.message}`;
    if (theirs !== undefined) refused++;
    const reasons = verdict(object, { ...old, ...there });
    if ((theirs === undefined) === (reasons.length === 0)) continue;
    disagreements.push(
      `${JSON.stringify(object)}\n  old: ${JSON.stringify(old)}\n  server: ${theirs ?? 'accepts'}\n  ours: ${reasons[0] ?? 'accepts'}`,
    );
  }
  stage.note(
    `${updates} updates, ${refused} refused by the API server, ${disagreements.length} disagreements; ${impossible} of objects that it does not take`,
  );
  assert(disagreements.length === 0, `${disagreements.length} disagreements:\n${disagreements.join('\n')}`);
}

/** What an update is answered, and the object that it found: controllers write too, and then it is asked again. */
async function replaced({ api }: Stage, object: Reference, old: Reference) {
  return until(async () => {
    const { body: there } = await api.get(old);
    const { resourceVersion } = there.metadata;
    const metadata = { ...object.metadata, resourceVersion };
    const answer = await api.tryReplace({ ...object, metadata });
    return answer.status === 409 ? undefined : { there, answer };
  }, `an update of ${old.kind} ${old.metadata.name}`);
}

/** Cases with an old object, of the same name as the new one. */
function updatesOf(): [Reference, Reference][] {
  return Object.values(CASES).flatMap(({ good, bad }) =>
    [...good, ...bad]
      .filter(({ version }) => version === undefined)
      .flatMap(objectsOf)
      .flatMap(([object, old]): [Reference, Reference][] =>
        old === undefined ? [] : [[bare(moved(object as Reference)), bare(moved(old as Reference))]],
      ),
  );
}

/** A pod without the token that admission would put into it, and that no update has. */
function bare(object: Reference): Reference {
  const { spec } = object as Reference & { readonly spec?: object };
  return object.kind === 'Pod'
    ? ({
        ...object,
        spec: { automountServiceAccountToken: false, serviceAccountName: 'default', ...spec },
      } as Reference)
    : object;
}

async function gone({ api }: Stage, object: Reference): Promise<void> {
  await api.delete(object);
  await until(
    async () => {
      const { status } = await api.get(object);
      if (status === 404) return true;
      // Nobody is here who would let go of it.
      await api.patch(object, { metadata: { finalizers: null } });
      return undefined;
    },
    `the end of ${object.kind} ${object.metadata.name}`,
    20,
  );
}
