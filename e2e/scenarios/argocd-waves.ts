import type { Body, Reference } from '../api';
import { assert, type Scenario, type Stage } from '../scenario';
import {
  applicationNamed,
  applications,
  expectStatus,
  PATIENCE_SECONDS,
  quiet,
  refresh,
  settle,
  TWIN_SECONDS,
} from './argocd-applications';
import { type Change, commit } from './argocd-git';
import {
  ARGOCD,
  applyRoots,
  bootstrap,
  bringNode,
  childrenOf,
  expectInstalled,
  NODE,
  ofTenants,
  PLATFORM,
  waveOf,
} from './argocd-install';

const WAVE = 'argocd.argoproj.io/sync-wave';
const OPERATOR = 'app.kubernetes.io/instance';
/** A cluster with Argo CD and the roots, and a node that comes late: nothing comes before what it needs. */
export const argocdWaves: Scenario = {
  name: 'argocd-waves',
  says: 'from an empty cluster by sync alone: CRDs, then operators, once they run their objects; tenants wait for their kinds and for nobody else',
  needs: ARGOCD,
  once: true,
  async run(stage) {
    const start = Date.now();
    const revision = await bootstrap(stage);
    stage.note(await expectWaiting(stage, PATIENCE_SECONDS));
    await bringNode(stage);
    await expectInstalled(stage, revision);
    await expectOrder(stage);
    const names = ofTenants(stage.documents);
    const tried = await Promise.all(
      names.map(async (name) => (await stage.api.get(applicationNamed(name))).body),
    );
    const retries = tried.map(
      ({ metadata, status }) => `${metadata.name} ${status.operationState.retryCount ?? 0}`,
    );
    stage.note(`installed in ${Math.round((Date.now() - start) / 1000)} s; retries: ${retries.join(', ')}`);
  },
  twins: {
    'everything in one wave': (stage) => anew(stage, [oneWave]),
  },
};

/** Without a node no operator runs: their CRDs are there, and nothing of a later wave. Returns what the root says. */
async function expectWaiting(stage: Stage, seconds: number): Promise<string> {
  const { api, documents } = stage;
  // What the first operators are made of is there, so that a root that does not wait would have gone on.
  for (const one of childrenOf(documents).filter((application) => waveOf(application) === 1)) {
    const { name } = one.metadata;
    const pending = ({ sync, health }: Body) => sync?.status === 'Synced' && health?.status === 'Progressing';
    await expectStatus(api, name, pending, 'to be without a node', seconds);
  }
  await refresh(api, [PLATFORM]);
  const waiting = ({ operationState }: Body) =>
    operationState?.message?.startsWith('waiting for healthy state of argoproj.io/Application');
  const status = await expectStatus(api, PLATFORM, waiting, 'to wait for operators', seconds);
  const waves = new Map(childrenOf(documents).map((one) => [one.metadata.name, waveOf(one)]));
  const early = (await applications(api)).filter(({ metadata }) => (waves.get(metadata.name) ?? 0) > 1);
  assert(
    early.length === 0,
    `without a node there is ${early.map(({ metadata }) => metadata.name).join(', ')}`,
  );
  const { spec } = (await api.get(RAY_CLUSTERS)).body;
  assert(spec?.group === 'ray.io', 'the CRDs of KubeRay are not there');
  return `without a node: ${status.operationState.message}`;
}

const RAY_CLUSTERS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'rayclusters.ray.io' },
};

/** Each wave was made after all Applications of the one before had synced. */
async function expectOrder({ api, documents }: Stage): Promise<void> {
  const ours = new Set(childrenOf(documents).map(({ metadata }) => metadata.name));
  const all = (await applications(api)).filter(({ metadata }) => ours.has(metadata.name));
  const late = all.filter((one) => {
    const before = all.filter(
      (other) => waveOf(other) < waveOf(one) && !ofTenants(documents).includes(other.metadata.name),
    );
    const created = Date.parse((one as Body).metadata.creationTimestamp);
    // Without a history there was nothing to sync: a stand-in has no CRDs, or they were there already.
    return before.some(({ status }) => Date.parse(status.history?.[0]?.deployedAt) > created);
  });
  assert(
    late.length === 0,
    `made before what it needs: ${late.map(({ metadata }) => metadata.name).join(', ')}`,
  );
}

/** Syncs the platform once more from its root on, while no operator runs, with something changed. */
async function anew(stage: Stage, changes: readonly Change[]): Promise<void> {
  const { api, documents } = stage;
  await api.delete(NODE);
  try {
    commit(stage, ...changes);
    await forget(stage);
    await applyRoots(api, documents);
    await expectWaiting(stage, TWIN_SECONDS);
  } finally {
    await api.create(NODE);
    await settle(api, [PLATFORM], commit(stage));
    await quiet(api);
  }
}

/** Removes the platform's Applications, which leaves what they made, and the operators' pods. */
async function forget({ api, documents }: Stage): Promise<void> {
  const tenants = ofTenants(documents);
  await api.delete(applicationNamed(PLATFORM));
  for (const { metadata } of childrenOf(documents)) {
    if (!tenants.includes(metadata.name)) await api.delete(applicationNamed(metadata.name));
  }
  const kind = { apiVersion: 'v1', kind: 'Pod' };
  for (const { metadata } of await api.list<Reference>(kind, OPERATOR))
    await api.delete({ ...kind, metadata });
}

function oneWave(files: Map<string, string>): void {
  for (const [path, text] of files) {
    if (path.startsWith('argocd/platform/'))
      files.set(path, text.replaceAll(new RegExp(`${WAVE}: .*`, 'g'), `${WAVE}: "0"`));
  }
}
