import type { Body, Reference } from '../api';
import { nodesOf } from '../nodes';
import { cloudOf, karpenter as controller } from '../operators/karpenter';
import { kwok } from '../operators/kwok';
import { scheduler } from '../operators/scheduler';
import { numberOf } from '../quantity';
import { assert, type Scenario, type Stage } from '../scenario';
import { type Template, templatesOf } from '../templates';
import { NODE_CLAIM, nodeFor, withPods } from './karpenter-pods';
import { withPatch, withRequirement } from './karpenter-pools';
import { notebooksOf } from './notebooks';

const GPU_TYPE = 'tenantry.dev/gpu-type';
const TENANT = 'tenantry.dev/tenant';
const UNTAGGED = { subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'another' } }] };
const POOL = 'karpenter.sh/nodepool';
const TYPE = 'node.kubernetes.io/instance-type';

type Object = Reference & Body;

export const WITH_KARPENTER = [scheduler, kwok, controller];

/** What the AWS controller of Karpenter starts for the pods of dist/. */
export const karpenter: Scenario = {
  name: 'karpenter',
  says: 'every pool is ready; each Ray group and notebook gets a node of its own kind, of the cheapest type that holds it',
  needs: WITH_KARPENTER,
  async run(stage) {
    const templates = everyTemplate(stage);
    await withPods(stage, templates, async (pods) => {
      await everyPodFits(stage, pods);
      await everyNodeIsCheapest(stage);
      await everySizeIsOurs(stage);
      stage.note(`${pods.length} pods on ${await inventory(stage)}`);
    });
    const { catalogue, cluster, unknown, failures } = cloudOf(stage.site);
    stage.note(
      `prices of ${catalogue.prices}: Karpenter carries none of ${cluster.spec.region}, nor of spot`,
    );
    assert(unknown.size === 0, `the fake of AWS does not play ${[...unknown].join(', ')}`);
    assert(failures.length === 0, failures.join('\n'));
  },
  twins: {
    'subnets of another cluster': (stage) =>
      withPatch(stage, 'EC2NodeClass', 'cpu', UNTAGGED, () => withPods(stage, [], async () => {})),
    'a GPU pool without its taint': (stage) =>
      withPatch(stage, 'NodePool', 'a10g', { template: { spec: { taints: null } } }, () =>
        withPods(stage, gpuTemplates(stage, 'a10g'), (pods) => everyPodFits(stage, pods)),
      ),
    'a GPU pool of its largest instances only': (stage) =>
      withPatch(
        stage,
        'NodePool',
        'a10g',
        withRequirement(stage, 'a10g', 'karpenter.k8s.aws/instance-size', ['48xlarge']),
        () =>
          withPods(stage, gpuTemplates(stage, 'a10g'), async (pods) => {
            await everyPodFits(stage, pods);
            await everyNodeIsCheapest(stage);
          }),
      ),
  },
};

function everyTemplate({ documents, cluster }: Stage): Template[] {
  return [...templatesOf(documents), ...notebooksOf(cluster)];
}

function gpuTemplates(stage: Stage, type: string): Template[] {
  return everyTemplate(stage).filter(({ template }) => template.spec.nodeSelector[GPU_TYPE] === type);
}

/** Each pod is on a node of the pool for its GPU type, that is its tenant's or everybody's; GPU nodes keep others out. */
async function everyPodFits(stage: Stage, pods: readonly Object[]): Promise<void> {
  for (const pod of pods) {
    const { namespace, name } = pod.metadata;
    const { metadata, spec } = await nodeFor(stage, pod);
    const { [GPU_TYPE]: type, [TENANT]: owner = namespace, [POOL]: pool } = metadata.labels ?? {};
    const wanted = pod.spec.nodeSelector[GPU_TYPE];
    assert(type === wanted, `${namespace}/${name} wants ${wanted}, and is on a node of ${pool}`);
    assert(owner === namespace, `${namespace}/${name} is on a node of ${owner}`);
    const taints: Body[] = spec.taints ?? [];
    const isFenced = taints.some(({ key, value }) => key === 'nvidia.com/gpu' && value === type);
    assert(type === 'none' || isFenced, `the node of ${namespace}/${name} has no taint of ${type}`);
  }
}

/** For what Karpenter planned on each node, no other type of its pool is cheaper. */
async function everyNodeIsCheapest({ api, site, documents }: Stage): Promise<void> {
  const { types } = cloudOf(site).catalogue;
  const priceOf = (node: Object) =>
    types.get(node.metadata.labels?.[TYPE] ?? '')?.price ?? Number.POSITIVE_INFINITY;
  const possible = nodesOf(documents).toSorted((a, b) => priceOf(a) - priceOf(b));
  for (const { metadata, spec } of await api.list<Object>(NODE_CLAIM)) {
    const { [POOL]: pool, [TYPE]: type } = metadata.labels ?? {};
    const { pods: _, ...requests } = spec.resources.requests as Record<string, string>;
    const [cheapest] = possible.filter(
      (node) => node.metadata.labels?.[POOL] === pool && holds(node, requests),
    );
    const wanted = cheapest?.metadata.labels?.[TYPE];
    assert(type === wanted, `${pool} has ${type} for ${JSON.stringify(requests)}; ${wanted} is cheaper`);
  }
}

/** Karpenter computes of each instance type what imports/ says that pods can have: `tenantry check` counts with it. */
async function everySizeIsOurs({ api, site }: Stage): Promise<void> {
  const { types } = cloudOf(site).catalogue;
  for (const { metadata, status } of await api.list<Object>(NODE_CLAIM)) {
    const name = metadata.labels?.[TYPE] ?? '';
    for (const [resource, ours] of Object.entries(types.get(name)?.allocatable ?? {})) {
      const theirs = status.allocatable[resource];
      assert(
        numberOf(theirs) === numberOf(ours),
        `${name} has ${theirs} of ${resource}; imports/ says ${ours}`,
      );
    }
  }
}

function holds({ status }: Object, requests: Readonly<Record<string, string>>): boolean {
  return Object.entries(requests).every(
    ([resource, amount]) => numberOf(status.allocatable[resource] ?? '0') >= numberOf(amount),
  );
}

/** Such as `2 g5.2xlarge, 1 m7i.xlarge`. */
async function inventory({ api }: Stage): Promise<string> {
  const counts = new Map<string, number>();
  for (const { metadata } of await api.list<Object>(NODE_CLAIM)) {
    const type = metadata.labels?.[TYPE] ?? '';
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].map(([type, count]) => `${count} ${type}`).join(', ');
}
