import { workloads } from '../../lib/model/names';
import type { Body } from '../api';
import { assert, type Scenario, type Stage } from '../scenario';
import { refresh, statusOf, synced } from './argocd-applications';
import { type Change, replacing, withCommit } from './argocd-git';
import { ARGOCD, ready, TENANTS } from './argocd-install';
import { clusterSpecOf, nameOf, type RayDocument, raysOf } from './kuberay-objects';

const IMAGE = /image: "[^"]+"/g;

/** What Ray's autoscaler writes into a RayCluster, while Git changes. */
export const argocdAutoscaler: Scenario = {
  name: 'argocd-autoscaler',
  says: "replicas that Ray's autoscaler wrote are no drift, and outlive a sync of a neighbour; a new image of the RayCluster lands",
  needs: ARGOCD,
  once: true,
  run: (stage) => scaleAndBump(stage),
  twins: {
    'a sync of all objects, not only of those out of sync': (stage) =>
      scaleAndBump(stage, (file) => replacing(file, '      - ApplyOutOfSyncOnly=true\n', '')),
    'a sync that ignores no differences': (stage) =>
      scaleAndBump(stage, (file) => replacing(file, /^ {2}ignoreDifferences:\n(?: {4}.*\n)+/gm, '')),
  },
};

async function scaleAndBump(stage: Stage, twin?: (file: string) => Change): Promise<void> {
  const { api } = stage;
  await ready(stage);
  const { cluster, neighbour } = pairOf(stage);
  const tenant = cluster.object.metadata.namespace;
  const application = workloads(tenant);
  const settings = twin === undefined ? [] : [twin(`argocd/${tenant}.yaml`)];
  const names = [TENANTS, application];
  await withCommit(stage, settings, names, async (revision) => {
    await synced(api, names, revision);
    const { startedAt } = (await statusOf(api, application)).operationState;
    await write(stage, cluster);
    await refresh(api, [application], 'hard');
    const { sync, operationState } = await statusOf(api, application);
    assert(sync.status === 'Synced', `${application} is ${sync.status} after the autoscaler wrote`);
    assert(operationState.startedAt === startedAt, `${application} synced again after the autoscaler wrote`);
    const before = await written(stage, cluster);
    await withCommit(stage, [...settings, bumping(neighbour)], names, async (next) => {
      await synced(api, names, next);
      await expectImage(stage, neighbour);
      const after = await written(stage, cluster);
      assert(
        after === before,
        `${nameOf(cluster.object)} after a change of its neighbour: ${after} instead of ${before}`,
      );
    });
    await withCommit(stage, [...settings, bumping(cluster)], names, async (next) => {
      await synced(api, names, next);
      await expectImage(stage, cluster);
      stage.note(
        `${nameOf(cluster.object)}: ${before}; with a new image of its own, ${await written(stage, cluster)}`,
      );
    });
  });
}

interface Pair {
  readonly cluster: RayDocument;
  readonly neighbour: RayDocument;
}

/** A RayCluster with autoscaling, and another object with an image in the same file. */
function pairOf({ documents }: Stage): Pair {
  for (const cluster of raysOf(documents, 'RayCluster')) {
    if (clusterSpecOf(cluster.object).enableInTreeAutoscaling !== true) continue;
    const neighbour = raysOf(documents, 'RayCronJob', 'RayService', 'RayCluster').find(
      (one) => one.path === cluster.path && one !== cluster,
    );
    if (neighbour !== undefined) return { cluster, neighbour };
  }
  throw new Error('dist/ has no RayCluster with autoscaling and a neighbour in its Application');
}

/** The autoscaler wants every worker that it may have, and then one to go. */
async function write({ api }: Stage, { object }: RayDocument): Promise<void> {
  const { body } = await api.get(object);
  const groups = (body.spec.workerGroupSpecs as Body[]).map((group) => ({
    ...group,
    replicas: group.maxReplicas,
    scaleStrategy: { workersToDelete: ['one'] },
  }));
  const { status, body: answer } = await api.patch(object, { spec: { workerGroupSpecs: groups } });
  assert(status === 200, `${nameOf(object)}: ${status} ${answer.message}`);
}

async function written({ api }: Stage, { object }: RayDocument): Promise<string> {
  const { body } = await api.get(object);
  const groups: Body[] = body.spec.workerGroupSpecs;
  return groups
    .map(
      ({ groupName, replicas, scaleStrategy }) => `${groupName} ${replicas} ${JSON.stringify(scaleStrategy)}`,
    )
    .join(', ');
}

/** A commit with another image in every container of one object. */
function bumping({ path, text }: RayDocument): Change {
  return replacing(path, text, text.replaceAll(IMAGE, `image: "${NEW_IMAGE}"`));
}

const NEW_IMAGE = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/tenantry/ray:bumped';

async function expectImage({ api }: Stage, { object }: RayDocument): Promise<void> {
  const { headGroupSpec, workerGroupSpecs } = clusterSpecOf((await api.get(object)).body);
  for (const { groupName = 'head', template } of [headGroupSpec, ...workerGroupSpecs]) {
    const [{ image }] = template.spec.containers;
    assert(image === NEW_IMAGE, `${nameOf(object)}: ${groupName} still has the image ${image}`);
  }
}
