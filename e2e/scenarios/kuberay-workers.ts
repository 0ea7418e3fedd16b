import type { Api, Body } from '../api';
import { assert } from '../scenario';
import { until } from '../wait';
import { nameOf, podsOf, type Ray } from './kuberay-objects';

/** What the autoscaler wants of a worker group. */
export interface Wanted {
  readonly replicas: number;
  readonly workersToDelete?: readonly string[];
}

/** Scales worker groups as Ray's autoscaler does (v2, KubeRayProvider: one JSON patch of `replace`), as the account of a pod. */
export async function scale(
  api: Api,
  cluster: Ray,
  account: string,
  wanted: (group: Body) => Wanted | undefined,
): Promise<void> {
  const { name, namespace } = cluster.metadata;
  const { body } = await api.get(cluster);
  const patch = (body.spec.workerGroupSpecs as Body[]).flatMap((group, index) => {
    const { replicas, workersToDelete } = wanted(group) ?? { replicas: group.replicas };
    const path = `/spec/workerGroupSpecs/${index}`;
    return [
      { op: 'replace', path: `${path}/replicas`, value: replicas },
      ...(workersToDelete === undefined
        ? []
        : [{ op: 'replace', path: `${path}/scaleStrategy`, value: { workersToDelete } }]),
    ];
  });
  // The rights of an account count a moment after they are given.
  await until(
    async () => {
      const answer = await api.send(
        'PATCH',
        `/apis/ray.io/v1/namespaces/${namespace}/rayclusters/${name}`,
        JSON.stringify(patch),
        {
          'content-type': 'application/json-patch+json',
          'impersonate-user': `system:serviceaccount:${namespace}:${account}`,
        },
      );
      assert(
        answer.status === 200,
        `${nameOf(cluster)} as ${account}: ${answer.status} ${answer.body.message}`,
      );
      return true;
    },
    `a patch of ${nameOf(cluster)}`,
    5,
  );
  await settled(api, cluster);
  await expectWorkers(api, cluster);
}

/** KubeRay has seen the replicas of a RayCluster. Its observedGeneration does not tell: 1.6 keeps an old one where no count changes. */
export async function settled(api: Api, cluster: Ray): Promise<void> {
  await until(
    async () => {
      const { spec, status } = (await api.get(cluster)).body;
      const groups: Body[] = spec.workerGroupSpecs;
      const wanted = groups.reduce((sum, { replicas, numOfHosts }) => sum + replicas * numOfHosts, 0);
      return (status?.desiredWorkerReplicas ?? 0) === wanted || undefined;
    },
    `KubeRay to see ${nameOf(cluster)}`,
  );
}

/** The worker pods of a RayCluster. */
export async function workersOf(api: Api, cluster: Ray): Promise<Ray[]> {
  const pods = await podsOf(api, cluster);
  return pods.filter((pod) => pod.metadata.labels?.['ray.io/node-type'] === 'worker');
}

/** Each group has as many pods as its replicas say. */
async function expectWorkers(api: Api, cluster: Ray): Promise<void> {
  await until(
    async () => {
      const { body } = await api.get(cluster);
      const workers = await workersOf(api, cluster);
      for (const { groupName, replicas, numOfHosts } of body.spec.workerGroupSpecs as Body[]) {
        const own = workers.filter((pod) => pod.metadata.labels?.['ray.io/group'] === groupName);
        const failure = (body.status.conditions as Body[]).find(({ type }) => type === 'ReplicaFailure');
        assert(
          own.length === replicas * numOfHosts,
          `${nameOf(cluster)}: ${own.length} workers of ${groupName} instead of ${replicas}:\n${failure?.message}`,
        );
      }
      return true;
    },
    `workers of ${nameOf(cluster)}`,
    30,
  );
}
