import type { Api, Body, Metadata } from '../api';
import { assert, type Stage } from '../scenario';
import { until } from '../wait';
import { livePods, nameOf, podsOf, type Ray } from './kuberay-objects';
import type { Share } from './kueue-share';
import { GPU } from './pod';

const KUEUE = 'kueue.x-k8s.io/v1beta2';
/** Items of a list carry no kind of their own. */
const POD = { apiVersion: 'v1', kind: 'Pod' };
const GPU_TYPE = 'tenantry.dev/gpu-type';

type Workload = Body & { readonly metadata: Metadata };

/** What Kueue made of a RayJob. Fails unless there is one. */
export async function workloadOf(api: Api, job: Ray): Promise<Workload> {
  const { name, namespace } = job.metadata;
  const all = await workloadsIn(api, namespace);
  const own = all.find(({ metadata }) =>
    metadata.ownerReferences?.some((owner) => owner.kind === job.kind && owner.name === name),
  );
  assert(own !== undefined, `Kueue has no Workload for ${nameOf(job)}`);
  return own;
}

/** All that Kueue queues in a namespace. */
export function workloadsIn(api: Api, namespace: string): Promise<Workload[]> {
  return api.list<Workload>({ apiVersion: KUEUE, kind: 'Workload', namespace });
}

/** Every pod is on a node of the flavor that Kueue gave its pod set: that of its GPU type, or `cpu`. */
export async function expectPlaced({ api }: Stage, job: Ray, cluster: Ray): Promise<void> {
  const { status } = await workloadOf(api, job);
  const flavors = new Map<string, string[]>(
    status.admission.podSetAssignments.map((one: Body) => [
      one.name,
      [...new Set(Object.values(one.flavors))],
    ]),
  );
  const { name, namespace } = job.metadata;
  const submitter = await livePods(api, namespace, `batch.kubernetes.io/job-name=${name}`);
  for (const pod of [...(await podsOf(api, cluster)), ...submitter]) {
    const podSet = pod.metadata.labels?.['kueue.x-k8s.io/podset'] ?? '';
    const nodeName = await until(
      async () => (await api.get({ ...pod, ...POD })).body.spec?.nodeName as string | undefined,
      `a node for ${pod.metadata.name}`,
    );
    const { body: node } = await api.get({ apiVersion: 'v1', kind: 'Node', metadata: { name: nodeName } });
    const type = node.metadata?.labels[GPU_TYPE];
    const flavor = type === 'none' ? 'cpu' : type;
    const given = flavors.get(podSet)?.join();
    assert(
      given === flavor,
      `${nameOf(job)}: pod set ${podSet} has the flavor ${given}, and is on ${flavor}`,
    );
  }
}

/** The queue of a tenant uses so many GPUs of others; Kueue writes it a moment after it has admitted a job. */
export async function expectBorrowed(api: Api, { namespace, type }: Share, gpus: number): Promise<void> {
  await until(
    async () => {
      const { body } = await api.get({
        apiVersion: KUEUE,
        kind: 'ClusterQueue',
        metadata: { name: namespace },
      });
      const usage: Body[] = body.status.flavorsUsage;
      const resources: Body[] = usage.find(({ name }) => name === type)?.resources ?? [];
      const borrowed = Number(resources.find(({ name }) => name === GPU)?.borrowed ?? 0);
      assert(borrowed === gpus, `ClusterQueue ${namespace} borrows ${borrowed} ${type} GPUs, not ${gpus}`);
      return true;
    },
    `what ClusterQueue ${namespace} borrows`,
    15,
  );
}
