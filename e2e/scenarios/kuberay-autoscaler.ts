import type { Api, Body } from '../api';
import type { Document } from '../dist';
import { kuberay } from '../operators/kuberay';
import { kwok } from '../operators/kwok';
import { scheduler } from '../operators/scheduler';
import { assert, type Scenario, type Stage } from '../scenario';
import { until } from '../wait';
import {
  clusterSpecOf,
  nameOf,
  podsOf,
  type Ray,
  type RayDocument,
  rayClusterOf,
  raysOf,
} from './kuberay-objects';
import { type Sync, sync, syncOf } from './kuberay-sync';
import { scale, settled, workersOf } from './kuberay-workers';

/** What Ray's autoscaler writes into a RayCluster, and what a sync of Argo CD does to it. */
export const kuberayAutoscaler: Scenario = {
  name: 'kuberay-autoscaler',
  says: "the head's account scales every group up to its maximum, within the quota; a sync keeps replicas, and a change of the RayCluster itself keeps the workers",
  needs: [scheduler, kwok, kuberay],
  async run(stage) {
    const documents = autoscaled(stage);
    for (const document of documents) {
      await withAllWorkers(stage, document, async (cluster) => {
        const workers = await workersOf(stage.api, cluster);
        await survives(stage, document, cluster, syncOf(stage.documents, document));
        await keepsWorkers(stage, document, cluster);
        stage.note(`${nameOf(cluster)}: up to ${workers.length + 1} workers`);
      });
    }
  },
  twins: {
    'a sync of all objects, not only of those out of sync': (stage) =>
      inTwin(stage, (settings) => ({
        ...settings,
        syncOptions: settings.syncOptions.filter((option) => option !== 'ApplyOutOfSyncOnly=true'),
      })),
    'a sync that ignores no differences': (stage) =>
      inTwin(stage, (settings) => ({ ...settings, ignoreDifferences: [] })),
    "the account of the workers instead of the head's": async (stage) => {
      const [document] = autoscaled(stage);
      const [group] = clusterSpecOf(document.object).workerGroupSpecs;
      const account = group.template.spec.serviceAccountName;
      const cluster = await ready(stage, document);
      await scale(stage.api, cluster, account, () => ({ replicas: group.maxReplicas }));
    },
  },
};

function autoscaled({ documents }: Stage): [RayDocument, ...RayDocument[]] {
  const found = raysOf(documents, 'RayCluster', 'RayService').filter(
    ({ object }) => clusterSpecOf(object).enableInTreeAutoscaling === true,
  );
  const [first, ...others] = found;
  assert(first !== undefined, 'dist/ has no RayCluster or RayService with autoscaling');
  return [first, ...others];
}

/** Runs after the autoscaler went up to the maximum and one worker down again, then takes all back. */
async function withAllWorkers(
  stage: Stage,
  document: RayDocument,
  run: (cluster: Ray) => Promise<void>,
): Promise<void> {
  const { api } = stage;
  const cluster = await ready(stage, document);
  const account = await accountOf(api, cluster);
  try {
    await scale(api, cluster, account, ({ maxReplicas }) => ({ replicas: maxReplicas }));
    const [one] = await workersOf(api, cluster);
    assert(one !== undefined, `${nameOf(cluster)} has no worker at its maximum`);
    const group = one.metadata.labels?.['ray.io/group'];
    await scale(api, cluster, account, ({ groupName, maxReplicas }) =>
      groupName === group ? { replicas: maxReplicas - 1, workersToDelete: [one.metadata.name] } : undefined,
    );
    await run(cluster);
  } finally {
    const workers = await workersOf(api, cluster);
    await scale(api, cluster, account, ({ groupName, minReplicas }) => {
      const own = workers.filter((pod) => pod.metadata.labels?.['ray.io/group'] === groupName);
      return {
        replicas: minReplicas,
        workersToDelete: own.slice(minReplicas).map(({ metadata }) => metadata.name),
      };
    });
    await scale(api, cluster, account, ({ minReplicas }) => ({ replicas: minReplicas, workersToDelete: [] }));
    for (const { object, text } of besides(stage, document)) await api.apply(object, text);
  }
}

/** Something else changes in Git, and what the autoscaler wrote is still there after the sync. */
async function survives(
  { api, documents }: Stage,
  document: RayDocument,
  cluster: Ray,
  settings: Sync,
): Promise<void> {
  const before = await written(api, cluster);
  const git = besides({ documents }, document);
  await sync(
    api,
    settings,
    git.map((one) => (one === document ? one : labelled(one))),
  );
  const after = await written(api, cluster);
  assert(after === before, `${nameOf(cluster)} after a sync:\n${after} instead of ${before}`);
}

/** The object itself changes in Git: Git's replicas come back, and no worker goes; only the autoscaler deletes them. */
async function keepsWorkers({ api, documents }: Stage, document: RayDocument, cluster: Ray): Promise<void> {
  const before = (await podsOf(api, cluster)).map(({ metadata }) => metadata.name).sort();
  const git = besides({ documents }, document).map((one) => (one === document ? labelled(one) : one));
  const applied = await sync(api, syncOf(documents, document), git);
  assert(
    applied.includes(nameOf(document.object)),
    `${nameOf(document.object)} is in sync after a change in Git`,
  );
  await settled(api, cluster);
  const groups: Body[] = (await api.get(cluster)).body.spec.workerGroupSpecs;
  if (document.object.kind === 'RayCluster') {
    const wrong = groups.filter(({ replicas, minReplicas }) => replicas !== minReplicas);
    assert(wrong.length === 0, `${nameOf(cluster)} has replicas that are not those of Git`);
  }
  const after = (await podsOf(api, cluster)).map(({ metadata }) => metadata.name).sort();
  assert(after.join() === before.join(), `${nameOf(cluster)} lost pods:\n${after} instead of ${before}`);
}

/** A RayCluster of dist/ with neighbours in its Application, synced by other settings. */
async function inTwin(stage: Stage, change: (settings: Sync) => Sync): Promise<void> {
  const document = autoscaled(stage).find(
    (one) => one.object.kind === 'RayCluster' && besides(stage, one).length > 1,
  );
  assert(document !== undefined, 'dist/ has no RayCluster with neighbours in its Application');
  await withAllWorkers(stage, document, (cluster) =>
    survives(stage, document, cluster, change(syncOf(stage.documents, document))),
  );
}

/** The documents that one Application syncs, with this one. */
function besides({ documents }: Pick<Stage, 'documents'>, { path }: Document): Document[] {
  return documents.filter((one) => one.path === path);
}

function labelled({ object, ...document }: Document): Document {
  const { metadata } = object as Body;
  const changed = {
    ...object,
    metadata: { ...object.metadata, labels: { ...metadata?.labels, changed: 'in-git' } },
  };
  return { ...document, object: changed, text: JSON.stringify(changed) };
}

async function written(api: Api, cluster: Ray): Promise<string> {
  const groups: Body[] = (await api.get(cluster)).body.spec.workerGroupSpecs;
  return JSON.stringify(
    groups.map(({ groupName, replicas, scaleStrategy }) => ({ groupName, replicas, scaleStrategy })),
  );
}

/** The RayCluster of a Ray object, once it has a head. */
function ready({ api }: Stage, { object }: RayDocument): Promise<Ray> {
  return until(async () => {
    const cluster = await rayClusterOf(api, object);
    await accountOf(api, cluster);
    return cluster;
  }, nameOf(object));
}

async function accountOf(api: Api, cluster: Ray): Promise<string> {
  const pods = await podsOf(api, cluster);
  const head = pods.find((pod) => pod.metadata.labels?.['ray.io/node-type'] === 'head');
  assert(head !== undefined, `${nameOf(cluster)} has no head`);
  return head.spec.serviceAccountName;
}
