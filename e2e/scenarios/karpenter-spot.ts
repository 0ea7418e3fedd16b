import type { Body, Reference } from '../api';
import { cloudOf } from '../operators/karpenter';
import { assert, type Scenario, type Stage } from '../scenario';
import { type Template, templatesOf } from '../templates';
import { until } from '../wait';
import { WITH_KARPENTER } from './karpenter';
import { claimOf, nodeFor, withPods } from './karpenter-pods';
import { withPatch, withRequirement } from './karpenter-pools';

const CAPACITY = 'karpenter.sh/capacity-type';

/** Longest that a node may live on after EC2 has warned: it takes the machine two minutes later. */
const WARNING_SECONDS = 120;

/** Pools with spot and on-demand: spot first, on-demand when EC2 has none, and out in time when EC2 wants it back. */
export const karpenterSpot: Scenario = {
  name: 'karpenter-spot',
  says: 'spot is taken where it is offered, left in time when EC2 takes it back, and on-demand when it is out',
  needs: WITH_KARPENTER,
  once: true,
  async run(stage) {
    await withPods(stage, [spotWorker(stage)], async ([pod]) => {
      const node = await nodeFor(stage, pod as Reference);
      assert(node.metadata.labels?.[CAPACITY] === 'spot', 'spot is there, and was not taken');
      await isLeftInTime(stage, node, node.spec.providerID, WARNING_SECONDS);
    });
    await takesOnDemand(stage);
  },
  twins: {
    'a warning about another machine': (stage) =>
      withPods(stage, [spotWorker(stage)], async ([pod]) => {
        const node = await nodeFor(stage, pod as Reference);
        await isLeftInTime(stage, node, 'i-0', 20);
      }),
    'a pool of spot alone': (stage) =>
      withPatch(stage, 'NodePool', 'a10g', withRequirement(stage, 'a10g', CAPACITY, ['spot']), () =>
        takesOnDemand(stage),
      ),
  },
};

/** A worker of dist/ that says nothing of spot, on a pool that has both. */
function spotWorker({ documents }: Stage): Template {
  const worker = templatesOf(documents).find(({ name }) => name === 'training-worker-gpu');
  assert(worker !== undefined, 'dist/ has no GPU worker of a Ray cluster called training');
  return worker;
}

async function takesOnDemand(stage: Stage): Promise<void> {
  const cloud = cloudOf(stage.site);
  cloud.soldOut = (_type, capacity) => capacity === 'spot';
  const before = cloud.fleets.length;
  try {
    await withPods(stage, [spotWorker(stage)], async ([pod]) => {
      const node = await nodeFor(stage, pod as Reference);
      assert(node.metadata.labels?.[CAPACITY] === 'on-demand', 'spot is out, and the node is not on-demand');
      const asked = cloud.fleets
        .slice(before)
        .map(({ capacity, instance = 'nothing' }) => `${capacity}: ${instance}`);
      stage.note(`fleets asked for while spot is out: ${asked.join(', then ')}`);
    });
  } finally {
    cloud.soldOut = () => false;
  }
}

/** Puts EC2's warning into the interruption queue; the node must be gone before the machine is. */
async function isLeftInTime(
  { api, site }: Stage,
  node: Reference & Body,
  provider: string,
  seconds: number,
): Promise<void> {
  const { cluster, messages } = cloudOf(site);
  const instance = provider.slice(provider.lastIndexOf('/') + 1);
  const warning = {
    version: '0',
    id: instance,
    source: 'aws.ec2',
    'detail-type': 'EC2 Spot Instance Interruption Warning',
    account: '111122223333',
    time: new Date().toISOString(),
    region: cluster.spec.region,
    resources: [],
    detail: { 'instance-id': instance, 'instance-action': 'terminate' },
  };
  messages.push({ id: instance, body: JSON.stringify(warning) });
  await until(
    async () => ((await claimOf(api, node)) === undefined ? true : undefined),
    `${node.metadata.name} to go after the warning`,
    seconds,
  );
}
