import { workloads } from '../../lib/model/names';
import type { Body, Reference } from '../api';
import { applicationOf } from '../operators/argocd';
import { assert, type Scenario, type Stage } from '../scenario';
import {
  applicationNamed,
  expectStatus,
  PATIENCE_SECONDS,
  refresh,
  settle,
  TWIN_SECONDS,
} from './argocd-applications';
import { type Change, commit, removing, replacing, withCommit } from './argocd-git';
import { ARGOCD, applyRoots, ready, TENANTS } from './argocd-install';
import { raysOf } from './kuberay-objects';

/** The file of a tenant is removed from Git. */
export const argocdRemoval: Scenario = {
  name: 'argocd-removal',
  says: 'a removed tenant stays as it is, and what others commit lands, until a person prunes it; even then its namespace and its Ray objects stay',
  needs: ARGOCD,
  once: true,
  run: (stage) => remove(stage),
  twins: {
    'a root that prunes by itself': (stage) => remove(stage, { prunes: true }),
    'a root that prunes, and Applications that ask for consent': (stage) =>
      remove(stage, { prunes: true, change: asking }),
  },
};

interface Twin {
  readonly prunes: boolean;
  readonly change?: (file: string) => Change;
}

async function remove(stage: Stage, { prunes, change }: Twin = { prunes: false }): Promise<void> {
  const { api, documents } = stage;
  await ready(stage);
  const [gone = '', other = ''] = new Set(
    raysOf(documents, 'RayCluster').map(({ object }) => object.metadata.namespace),
  );
  const own = documents.filter(
    ({ path }) => path === `argocd/${gone}.yaml` || path.startsWith(`tenants/${gone}/`),
  );
  const files = [gone, other].map((tenant) => `argocd/${tenant}.yaml`);
  const before = change === undefined ? [] : files.map(change);
  const [, kept] = before;
  const described = replacing(
    files[1] ?? '',
    /^ {2}description: .*$/gm,
    '  description: seen after a removal',
  );
  const all = [TENANTS, gone, workloads(gone)];
  await withRoot(stage, prunes, () =>
    withCommit(stage, before, all, async (first) => {
      await settle(api, [TENANTS], first);
      const without = kept === undefined ? [removing(gone)] : [removing(gone), kept];
      const removed = commit(stage, ...without);
      await refresh(api, [TENANTS]);
      await expectStatus(
        api,
        TENANTS,
        ({ sync }) => sync.revision === removed,
        'to see that a tenant is gone',
      );
      const next = commit(stage, ...without, described);
      await expectTried(stage, next, prunes ? TWIN_SECONDS : PATIENCE_SECONDS);
      for (const { object } of own) await expectThere(stage, object);
      await consent(stage, next);
      for (const { object } of own) {
        if (object.kind !== 'Application' && object.kind !== 'AppProject') await expectThere(stage, object);
      }
    }),
  );
}

/** The root has synced a commit, though it may differ. */
async function expectTried({ api }: Stage, revision: string, seconds: number): Promise<void> {
  await refresh(api, [TENANTS]);
  const done = ({ operationState }: Body) =>
    operationState?.phase === 'Succeeded' && operationState.syncResult?.revision === revision;
  await expectStatus(api, TENANTS, done, `to sync ${revision}`, seconds);
}

async function expectThere({ api }: Stage, object: Reference): Promise<void> {
  const { status, body } = await api.get(object);
  const name = `${object.kind} ${object.metadata.name}`;
  assert(status === 200 && body.metadata.deletionTimestamp === undefined, `${name} is gone without consent`);
}

/** A person prunes in Argo CD, as `argocd app sync tenants --prune` does. */
async function consent(stage: Stage, revision: string): Promise<void> {
  const { syncOptions } = applicationOf(stage.documents, TENANTS).spec.syncPolicy;
  const operation = { initiatedBy: { username: 'ada' }, sync: { prune: true, revision, syncOptions } };

  await stage.api.patch(applicationNamed(TENANTS), { operation });
  await expectStatus(stage.api, TENANTS, ({ sync }) => sync.status === 'Synced', 'to be in sync');
}

async function withRoot(stage: Stage, prune: boolean, run: () => Promise<void>): Promise<void> {
  const { api, documents } = stage;
  try {
    if (prune) await api.patch(applicationNamed(TENANTS), { spec: { syncPolicy: { automated: { prune } } } });
    await run();
  } finally {
    await applyRoots(api, documents);
  }
}

function asking(file: string): Change {
  return replacing(
    file,
    'argocd.argoproj.io/sync-options: Delete=confirm',
    'argocd.argoproj.io/sync-options: Prune=confirm',
  );
}
