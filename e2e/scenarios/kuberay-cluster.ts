import type { Api, Body } from '../api';
import { assert, type Stage } from '../scenario';
import { type Template, templatesOf } from '../templates';
import { until } from '../wait';
import { clusterSpecOf, nameOf, podsOf, type Ray, type RayDocument, rayClusterOf } from './kuberay-objects';
import { faultsOf } from './kuberay-pods';
import { tokenOf } from './kuberay-token';

/** KubeRay made of an object the pods, account and rights that a document of dist/ asks for. Gives the RayCluster. */
export async function expectReconciled(
  stage: Stage,
  document: RayDocument,
  made: Ray = document.object,
  seconds = 60,
): Promise<Ray> {
  const { api } = stage;
  return until(
    async () => {
      const cluster = await rayClusterOf(api, made);
      const faults = [
        ...refusals(cluster),
        ...(await podFaults(stage, document, cluster)),
        ...(await roleFaults(api, document, cluster)),
      ];
      assert(faults.length === 0, [`${nameOf(made)}:`, ...faults].join('\n'));
      return cluster;
    },
    nameOf(made),
    seconds,
  );
}

/** Every pod runs on a node, the RayCluster says it is ready, and its Service leads to the head. */
export async function expectReady(api: Api, cluster: Ray): Promise<void> {
  await until(async () => {
    const { body } = await api.get(cluster);
    const { state, head } = body.status ?? {};
    const wanting = ['HeadPodReady', 'RayClusterProvisioned'].filter((type) => !isTrue(body, type));
    assert(state === 'ready' && wanting.length === 0, `${nameOf(cluster)} is ${state}, without ${wanting}`);
    const [pod] = (await podsOf(api, cluster)).filter(isHead);
    const endpoints = await endpointsOf(api, cluster, head.serviceName);
    assert(
      pod !== undefined && endpoints.includes(pod.metadata.name),
      `Service ${head.serviceName} leads to ${endpoints}`,
    );
    return true;
  }, nameOf(cluster));
}

async function endpointsOf(api: Api, { metadata }: Ray, service: string): Promise<string[]> {
  const kind = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', namespace: metadata.namespace };
  const slices = await api.list(kind, `kubernetes.io/service-name=${service}`);
  const endpoints: Body[] = slices.flatMap((slice) => slice.endpoints ?? []);
  return endpoints.filter(({ conditions }) => conditions.ready).map(({ targetRef }) => targetRef.name);
}

function isTrue({ status }: Body, wanted: string): boolean {
  const conditions: Body[] = status?.conditions ?? [];
  return conditions.some(({ type, status: value }) => type === wanted && value === 'True');
}

/** What the API server said to KubeRay when it refused a pod. */
function refusals(cluster: Ray): string[] {
  const conditions: Body[] = isTrue(cluster, 'ReplicaFailure') ? cluster.status.conditions : [];
  return conditions
    .filter(({ type }) => type === 'ReplicaFailure')
    .map(({ message }) => `refused: ${message}`);
}

async function podFaults(stage: Stage, document: RayDocument, cluster: Ray): Promise<string[]> {
  const pods = await podsOf(stage.api, cluster);
  const token = tokenOf(stage.documents, cluster.metadata.namespace);
  const templates = templatesOf([document]).filter(({ name }) => !name.endsWith('-submitter'));
  const faults = templates.flatMap(({ name, template }) => {
    const group = name.slice(document.object.metadata.name.length + 1);
    const own = pods.filter((pod) => groupOf(pod) === group);
    const count = countOf(document.object, group);
    return [
      ...(own.length === count ? [] : [`${own.length} pods of ${group} instead of ${count}`]),
      ...own.flatMap((pod) => faultsOf(pod, template, token).map((fault) => `${group}: ${fault}`)),
    ];
  });
  const others = pods.filter(
    (pod) => !templates.some(({ name }: Template) => name.endsWith(`-${groupOf(pod)}`)),
  );
  return [...faults, ...others.map(({ metadata }) => `pod ${metadata.name} that dist/ does not ask for`)];
}

function groupOf(pod: Ray): string {
  return isHead(pod) ? 'head' : `worker-${pod.metadata.labels?.['ray.io/group']}`;
}

function isHead(pod: Body): boolean {
  return pod.metadata?.labels?.['ray.io/node-type'] === 'head';
}

function countOf(object: Ray, group: string): number {
  if (group === 'head') return 1;
  const groups: Body[] = clusterSpecOf(object).workerGroupSpecs;
  const { replicas, numOfHosts } = groups.find(({ groupName }) => `worker-${groupName}` === group) ?? {};
  return replicas * numOfHosts;
}

/** With autoscaling the account of the head may change its RayCluster; without, nobody gets such a right. */
async function roleFaults(api: Api, { object }: RayDocument, { metadata }: Ray): Promise<string[]> {
  const { enableInTreeAutoscaling, headGroupSpec } = clusterSpecOf(object);
  const reference = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata };
  const { body } = await api.get(reference);
  const subjects: Body[] = body.subjects ?? [];
  const bound = subjects.map(({ kind, name, namespace }) => `${kind} ${namespace}/${name}`).join();
  const account = `ServiceAccount ${metadata.namespace}/${headGroupSpec.template.spec.serviceAccountName}`;
  const wanted = enableInTreeAutoscaling === true ? account : '';
  return bound === wanted ? [] : [`its RoleBinding is for "${bound}" instead of "${wanted}"`];
}
