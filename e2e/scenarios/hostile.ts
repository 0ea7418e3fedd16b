import { POLICIES } from '../../charts/platform/admission/policies';
import type { Answer, Api, Reference, Subject } from '../api';
import { assert, reasonOf, type Scenario, type Stage } from '../scenario';
import { until } from '../wait';
import { type Friends, friendly, KUBERAY } from './hostile-friends';
import { hostileObjects, victimsOf } from './hostile-objects';
import { hostilePods } from './hostile-pods';
import { sceneOf, withRights } from './hostile-scene';
import { withoutObject } from './without';

type Row = readonly [policy: string, attempt: string, send: (api: Api) => Promise<Answer>];

/**
 * Whoever asks has every right in the namespace, by mistake, so that only policies stand in the way. Nothing is kept:
 * each attempt is a dry run, which admission judges as any other.
 */
export const hostile: Scenario = {
  name: 'hostile',
  says: 'policies refuse what members and accounts of a tenant could try with all rights in its namespace, and nothing else',
  once: true,
  lacks: (_, documents) => reasonOf(() => sceneOf({ documents })),
  async run(stage) {
    const rows = rowsOf(stage);
    await withRights(stage, async (subjects) => {
      await refused(stage, rows, subjects);
      // Whatever a RayJob or a RayCluster asks for, KubeRay makes it with rights of its own.
      await refused(stage, podRowsOf(stage), new Map([['KubeRay', KUBERAY]]));
      stage.note(`${rows.length} attempts refused, each as ${[...subjects.keys()].join(', ')}`);
      await accepted(stage, friendly(stage, sceneOf(stage), subjects));
    });
  },
  twins: Object.fromEntries(
    POLICIES.map(({ name }) => [`no policy ${name}`, (stage: Stage) => withoutPolicy(stage, name)]),
  ),
};

/** Takes a policy away: nothing else refuses what it does, and the scenario says so. */
function withoutPolicy(stage: Stage, policy: string): Promise<void> {
  const rows = rowsOf(stage).filter(([refuser]) => refuser === policy);
  return withoutObject(stage, 'ValidatingAdmissionPolicyBinding', `tenantry-${policy}`, () =>
    withRights(stage, (subjects) => refused(stage, rows, subjects)),
  );
}

function rowsOf(stage: Stage): Row[] {
  const scene = sceneOf(stage);
  const objects = hostileObjects(scene, victimsOf(scene, stage.documents));
  return [
    ...podRowsOf(stage),
    ...objects.flatMap(([policy, attempts]) =>
      Object.entries(attempts).map(([attempt, send]): Row => [policy, attempt, send]),
    ),
  ];
}

function podRowsOf(stage: Stage): Row[] {
  return hostilePods(sceneOf(stage)).flatMap(([policy, pods]) =>
    Object.entries(pods).map(
      ([attempt, body]): Row => [policy, attempt, (api) => api.create(body as unknown as Reference)],
    ),
  );
}

/** Every attempt is refused by its policy, to everybody: what is for accounts only is tried as accounts. */
async function refused(
  stage: Stage,
  rows: readonly Row[],
  subjects: ReadonlyMap<string, Subject>,
): Promise<void> {
  const { namespace } = sceneOf(stage);
  const wrong: string[] = [];
  for (const [name, subject] of subjects) {
    const api = stage.api.dryRunAs(subject);
    try {
      await until(() => api.list({ apiVersion: 'v1', kind: 'Secret', namespace }), `rights of ${name}`);
      const concerned = rows.filter(([policy]) => policy !== 'own-accounts' || subject.user.includes(':'));
      for (const [policy, attempt, send] of concerned) {
        const { status, body } = await send(api);
        const by = `ValidatingAdmissionPolicy 'tenantry-${policy}'`;
        if (status !== 403 || body.message?.includes(by) !== true) {
          wrong.push(`${name}, ${policy}: ${attempt}: ${status} ${body.message ?? 'accepted'}`);
        }
      }
    } finally {
      api.close();
    }
  }
  assert(wrong.length === 0, `${wrong.length} not refused by their policy:\n${wrong.join('\n')}`);
}

async function accepted(stage: Stage, friends: Friends): Promise<void> {
  const wrong: string[] = [];
  for (const [subject, deeds] of friends) {
    const api = stage.api.dryRunAs(subject);
    try {
      for (const [deed, send] of Object.entries(deeds)) {
        const { status, body } = await send(api);
        if (status !== 200 && status !== 201)
          wrong.push(`${subject.user}: ${deed}: ${status} ${body.message}`);
      }
    } finally {
      api.close();
    }
  }
  assert(wrong.length === 0, `${wrong.length} refused:\n${wrong.join('\n')}`);
  const deeds = friends.flatMap(([, list]) => Object.keys(list));
  stage.note(`${deeds.length} deeds of the platform, the hub, KubeRay, Kueue and the autoscaler accepted`);
}
