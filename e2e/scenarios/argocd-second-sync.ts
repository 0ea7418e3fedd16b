import { assert, type Scenario, type Stage } from '../scenario';
import { until } from '../wait';
import { applications, PATIENCE_SECONDS, quiet, refresh } from './argocd-applications';
import { ARGOCD, ready } from './argocd-install';

const RAISED = '999999';

/** Everything is synced once, and controllers have written what they write: Argo CD finds nothing to do. */
export const argocdSecondSync: Scenario = {
  name: 'argocd-second-sync',
  says: 'after a hard refresh every Application is in sync, and none has synced again',
  needs: ARGOCD,
  once: true,
  run: (stage) => again(stage),
  twins: {
    'a quota that a person raises': (stage) =>
      again(stage, async ({ api, documents }) => {
        const found = documents.find(({ object }) => object.kind === 'ResourceQuota');
        assert(found !== undefined, 'dist/ has no ResourceQuota');
        const { status } = await api.patch(found.object, { spec: { hard: { pods: RAISED } } });
        assert(status === 200, `${found.object.kind}: ${status}`);
        // A refresh tells nothing as long as Argo CD has not been told of the change.
        await until(
          async () => (await api.get(found.object)).body.spec.hard.pods !== RAISED || undefined,
          'Argo CD to take the quota back',
          PATIENCE_SECONDS,
        );
      }),
  },
};

async function again(stage: Stage, disturb: (stage: Stage) => Promise<void> = async () => {}): Promise<void> {
  const { api } = stage;
  await ready(stage);
  await quiet(api);
  const before = await operations(stage);
  await disturb(stage);
  await refresh(api, [...before.keys()], 'hard');
  const after = await applications(api);
  const different = after
    .filter(({ status }) => status.sync.status !== 'Synced')
    .map(({ metadata, status }) => {
      const resources: { kind: string; name: string; status?: string }[] = status.resources ?? [];
      const odd = resources.filter((one) => one.status !== undefined && one.status !== 'Synced');
      return `${metadata.name}: ${odd.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`;
    });
  assert(different.length === 0, `out of sync:\n${different.join('\n')}`);
  const repeated = [...(await operations(stage))].filter(([name, started]) => before.get(name) !== started);
  assert(repeated.length === 0, `synced again:\n${repeated.map(([name]) => name).join('\n')}`);
  stage.note(`${after.length} Applications`);
}

/** When each Application started its last sync. */
async function operations({ api }: Stage): Promise<Map<string, string>> {
  const all = await applications(api);
  return new Map(
    all.map(({ metadata, status }) => [metadata.name, String(status.operationState?.startedAt)]),
  );
}
