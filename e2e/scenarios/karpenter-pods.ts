import type { Body, Reference } from '../api';
import { cloudOf } from '../operators/karpenter';
import { assert, type Stage } from '../scenario';
import type { Template } from '../templates';
import { until } from '../wait';

export const NODE_CLAIM = { apiVersion: 'karpenter.sh/v1', kind: 'NodeClaim' };
export const NODE_POOL = { apiVersion: 'karpenter.sh/v1', kind: 'NodePool' };
const NODE_CLASS = { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass' };

/** Longest that Karpenter and the scheduler take for a pod, on a slow machine. */
const PATIENCE_SECONDS = 180;

type Object = Reference & Body;

/** Every EC2NodeClass and NodePool of the cluster is ready: AMIs, subnets, role and instance types were found. */
export async function everyPoolIsReady({ api }: Stage): Promise<void> {
  for (const kind of [NODE_CLASS, NODE_POOL]) {
    for (const { metadata } of await api.list<Object>(kind)) {
      const ready = await until(async () => {
        const { body } = await api.get({ ...kind, metadata });
        const found = conditionOf(body, 'Ready');
        const isNew = found?.observedGeneration === body.metadata.generation;
        // A NodePool is not ready until its EC2NodeClass is, so its first word is not the last.
        const final = kind === NODE_CLASS ? found?.status !== 'Unknown' : found?.status === 'True';
        return isNew && final ? found : undefined;
      }, `a ready ${kind.kind} ${metadata.name}`);
      assert(ready.status === 'True', `${kind.kind} ${metadata.name}: ${ready.message}`);
    }
  }
}

export function conditionOf({ status }: Body, type: string): Body | undefined {
  return ((status?.conditions ?? []) as Body[]).find((condition) => condition.type === type);
}

/** Runs while a pod of each template wants a node; afterwards the pods, their nodes and machines are gone. */
export async function withPods(
  stage: Stage,
  templates: readonly Template[],
  run: (pods: readonly Object[]) => Promise<void>,
): Promise<void> {
  const { api } = stage;
  await everyPoolIsReady(stage);
  const pods: Object[] = [];
  try {
    for (const { name, namespace, template } of templates) {
      const metadata = { ...template.metadata, name, namespace };
      const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec };
      const { status, body } = await api.create(pod);
      assert(status === 201, `${namespace}/${name}: ${status} ${body.message}`);
      pods.push(body as Object);
    }
    await run(pods);
  } finally {
    for (const one of pods) await api.delete(one);
    await releaseNodes(stage);
  }
}

/** Deletes every NodeClaim, and waits until Karpenter has ended nodes and machines. */
async function releaseNodes({ api, site }: Stage): Promise<void> {
  await until(
    async () => {
      const claims = await api.list<Object>(NODE_CLAIM);
      const waiting = claims.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      for (const { metadata } of waiting) await api.delete({ ...NODE_CLAIM, metadata });
      const nodes = await api.list({ apiVersion: 'v1', kind: 'Node' });
      return claims.length + nodes.length + cloudOf(site).running.length === 0 ? true : undefined;
    },
    'nodes to go away',
    PATIENCE_SECONDS,
  );
}

/** The node that a pod gets. Throws when Karpenter says that there is none for it. */
export async function nodeFor(stage: Stage, pod: Reference): Promise<Object> {
  const { node, refusal } = await verdictOn(stage, pod);
  assert(node !== undefined, `${pod.metadata.namespace}/${pod.metadata.name}: ${refusal}`);
  return node;
}

/** The node that a pod gets, or why Karpenter makes none. */
export async function verdictOn(
  { api }: Stage,
  pod: Reference,
): Promise<{ node?: Object; refusal?: string }> {
  const { namespace = '', name } = pod.metadata;
  return until(
    async () => {
      const { body } = await api.get(pod);
      const { nodeName } = body.spec;
      if (nodeName !== undefined) {
        const node = await api.get({ apiVersion: 'v1', kind: 'Node', metadata: { name: nodeName } });
        return { node: node.body as Object };
      }
      const refusal = await eventOn(api, { ...pod, uid: body.metadata.uid }, 'FailedScheduling');
      return refusal === undefined ? undefined : { refusal };
    },
    `a node for ${namespace}/${name}`,
    PATIENCE_SECONDS,
  );
}

/** What Karpenter has told about an object, by the reason of its event. Default: nothing yet. */
export async function eventOn(
  api: Stage['api'],
  { metadata, uid }: Reference & { readonly uid: string },
  reason: string,
  word = '',
): Promise<string | undefined> {
  const namespace = metadata.namespace ?? 'default';
  const events = await api.list<Body>({ apiVersion: 'v1', kind: 'Event', namespace });
  return events.find(
    ({ involvedObject, source, reason: found, message }) =>
      involvedObject.uid === uid &&
      source.component === 'karpenter' &&
      found === reason &&
      message?.includes(word),
  )?.message;
}

/** The NodeClaim of a node, by the machine: Karpenter writes the name of the Node only after pods can be there. */
export async function claimOf(api: Stage['api'], { spec }: Body): Promise<Object | undefined> {
  const claims = await api.list<Object>(NODE_CLAIM);
  return claims.find(({ status }) => status?.providerID === spec.providerID);
}
