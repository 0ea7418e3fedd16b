import type { Body, Reference } from '../api';
import { assert, type Scenario, type Stage } from '../scenario';
import { type Template, templatesOf } from '../templates';
import { until } from '../wait';
import { WITH_KARPENTER } from './karpenter';
import { claimOf, eventOn, NODE_CLAIM, nodeFor, withPods } from './karpenter-pods';
import { specOf, withPatch } from './karpenter-pools';
import { notebooksOf } from './notebooks';

const ZONE = 'topology.kubernetes.io/zone';
const CAPACITY = 'karpenter.sh/capacity-type';
const DO_NOT_DISRUPT = 'karpenter.sh/do-not-disrupt';

type Object = Reference & Body;

/** Which nodes Karpenter takes away, and from under whom it does not. */
export const karpenterDisruption: Scenario = {
  name: 'karpenter-disruption',
  says: 'empty GPU nodes and underused CPU nodes go; from under Ray heads, submitters and notebooks no node goes',
  needs: WITH_KARPENTER,
  once: true,
  async run(stage) {
    await atOnce(stage, 'a10g', () => emptyNodeGoes(stage, 120));
    await atOnce(stage, 'cpu', () => nobodyIsDisrupted(stage, lastingOf(stage)));
  },
  twins: {
    'an empty node that is never consolidated': (stage) =>
      withPatch(stage, 'NodePool', 'a10g', { disruption: { consolidateAfter: 'Never' } }, () =>
        emptyNodeGoes(stage, 40),
      ),
    'a Ray head without do-not-disrupt': (stage) =>
      atOnce(stage, 'cpu', () => nobodyIsDisrupted(stage, lastingOf(stage).map(withoutAnnotations))),
  },
};

/** Runs with no wait before consolidation, which takes minutes in dist/: an exception from byte for byte. */
async function atOnce(stage: Stage, pool: string, run: () => Promise<void>): Promise<void> {
  const { consolidateAfter } = specOf(stage, 'NodePool', pool).disruption;
  stage.note(
    `changed: NodePool ${pool}, spec.disruption.consolidateAfter: ${consolidateAfter} -> 0s, not to wait so long`,
  );
  await withPatch(stage, 'NodePool', pool, { disruption: { consolidateAfter: '0s' } }, run);
}

async function emptyNodeGoes(stage: Stage, seconds: number): Promise<void> {
  const worker = templatesOf(stage.documents).filter(({ name }) => name === 'training-worker-gpu');
  await withPods(stage, worker, async ([pod]) => {
    const node = await nodeFor(stage, pod as Object);
    await stage.api.delete(pod as Object);
    await until(async () => (await isGoing(stage, node)) || undefined, 'the empty node to go', seconds);
  });
}

/**
 * Two nodes with the same load, one of pods that must last, one of pods that may move. When most of the load ends on
 * both, Karpenter replaces the second by a smaller one and leaves the first alone.
 */
async function nobodyIsDisrupted(stage: Stage, lasting: readonly Template[]): Promise<void> {
  const [one = '', two = ''] = zonesOf(stage);
  const movable = lasting.map(withoutAnnotations).map((template) => named(template, 'movable'));
  const loads = [named(load(stage), 'first'), named(load(stage), 'second')];
  const templates = [
    ...lasting.map((template) => inZone(template, one)),
    ...movable.map((template) => inZone(template, two)),
    ...loads.map((template, index) => inZone(template, index === 0 ? one : two)),
  ];
  await withPods(stage, templates, async (pods) => {
    const nodes = await Promise.all(pods.map((pod) => nodeFor(stage, pod)));
    const kept = nodes[0] as Object;
    const moved = nodes[lasting.length] as Object;
    for (const pod of pods.slice(-loads.length)) await stage.api.delete(pod);
    await until(
      async () => ((await isGoing(stage, moved)) || (await isGoing(stage, kept)) ? true : undefined),
      'an underused node to go',
      180,
    );
    for (const pod of pods.slice(0, lasting.length)) {
      const { status, body } = await stage.api.get(pod);
      const lives = status === 200 && body.metadata.uid === pod.metadata.uid;
      assert(lives && body.metadata.deletionTimestamp === undefined, `${pod.metadata.name} was disrupted`);
    }
    assert(!(await isGoing(stage, kept)), 'the node of pods that must last goes');
    const uid = (await claimOf(stage.api, kept))?.metadata.uid ?? '';
    const claim = { ...NODE_CLAIM, metadata: { name: '' }, uid };
    // Karpenter blocks for passing reasons as well, such as a pod that was just nominated.
    const reason = await until(
      () => eventOn(stage.api, claim, 'DisruptionBlocked', DO_NOT_DISRUPT),
      'a node that stays because of do-not-disrupt',
      150,
    );
    stage.note(`why the node of ${lasting.length} lasting pods stays: ${reason}`);
  });
}

/** Pods of dist/ on CPU nodes that ask to be left alone, and a notebook. */
function lastingOf({ documents, cluster }: Stage): Template[] {
  const asking = templatesOf(documents).filter(
    ({ namespace, template }) =>
      namespace === 'vision' &&
      template.spec.nodeSelector['tenantry.dev/gpu-type'] === 'none' &&
      template.metadata?.annotations?.[DO_NOT_DISRUPT] === 'true',
  );
  const notebooks = notebooksOf(cluster).filter(
    ({ name, namespace }) => namespace === 'vision' && name === 'notebook-cpu-small',
  );
  return [...asking, ...notebooks];
}

/** A worker of dist/ that fills most of a node. */
function load({ documents }: Stage): Template {
  const worker = templatesOf(documents).find(({ name }) => name === 'training-worker-cpu');
  assert(worker !== undefined, 'dist/ has no CPU worker of a Ray cluster called training');
  return worker;
}

function named(template: Template, suffix: string): Template {
  return { ...template, name: `${template.name}-${suffix}` };
}

/** On-demand, for Karpenter does not replace one spot node by another (SpotToSpotConsolidation is off in 1.14). */
function inZone(one: Template, zone: string): Template {
  const { template } = one;
  const nodeSelector = { ...template.spec.nodeSelector, [ZONE]: zone, [CAPACITY]: 'on-demand' };
  return { ...one, template: { ...template, spec: { ...template.spec, nodeSelector } } };
}

function withoutAnnotations(one: Template): Template {
  return { ...one, template: { ...one.template, metadata: { ...one.template.metadata, annotations: {} } } };
}

function zonesOf(stage: Stage): string[] {
  const requirements: Body[] = specOf(stage, 'NodePool', 'cpu').template.spec.requirements;
  return requirements.find(({ key }) => key === ZONE)?.values ?? [];
}

/** Whether Karpenter takes a node away, or has. */
async function isGoing(stage: Stage, node: Object): Promise<boolean> {
  const claim = await claimOf(stage.api, node);
  return claim === undefined || claim.metadata.deletionTimestamp !== undefined;
}
