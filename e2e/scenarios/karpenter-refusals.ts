import { assert, type Scenario, type Stage } from '../scenario';
import type { Template } from '../templates';
import { WITH_KARPENTER } from './karpenter';
import { verdictOn, withPods } from './karpenter-pods';
import { withPatch, withRequirement } from './karpenter-pools';
import { GPU } from './pod';

const GPU_TYPE = 'tenantry.dev/gpu-type';
const FAMILY = 'karpenter.k8s.aws/instance-family';
const CAPACITY = 'karpenter.sh/capacity-type';

interface Refused {
  readonly pod: Template;
  /** What Karpenter says, in part. */
  readonly because: string;
}

/** What must not get a node, and gets none: outside of the tenants, where admission and quotas would speak first. */
export const karpenterRefusals: Scenario = {
  name: 'karpenter-refusals',
  says: 'no node for a pod that does not tolerate its taint, wants a type that no pool has, or goes over a limit',
  needs: WITH_KARPENTER,
  once: true,
  run: (stage) => allAreRefused(stage, Object.values(REFUSED)),
  twins: {
    'a GPU pool without its taint': (stage) =>
      withPatch(stage, 'NodePool', 'a10g', { template: { spec: { taints: null } } }, () =>
        allAreRefused(stage, [REFUSED.withoutToleration]),
      ),
    'a dedicated pool without the taint of its tenant': (stage) =>
      withPatch(stage, 'NodePool', 'h100', { template: { spec: { taints: [taintOf('h100')] } } }, () =>
        allAreRefused(stage, [REFUSED.ofAnotherTenant]),
      ),
    'a CPU pool of one more family': (stage) =>
      withPatch(stage, 'NodePool', 'cpu', withRequirement(stage, 'cpu', FAMILY, ['m7i', 'c6i']), () =>
        allAreRefused(stage, [REFUSED.ofAnotherType]),
      ),
    'an on-demand pool with spot': (stage) =>
      withPatch(stage, 'NodePool', 'h100', withRequirement(stage, 'h100', CAPACITY, ['spot']), () =>
        allAreRefused(stage, [REFUSED.onSpot]),
      ),
    'a pool without limits': (stage) =>
      withPatch(stage, 'NodePool', 'l4', { limits: null }, () =>
        allAreRefused(stage, [REFUSED.overTheLimit]),
      ),
  },
};

const REFUSED = {
  withoutToleration: {
    pod: pod('no-toleration', { [GPU_TYPE]: 'a10g' }),
    because: 'did not tolerate taint (taint=nvidia.com/gpu=a10g:NoSchedule)',
  },
  ofAnotherTenant: {
    pod: pod('another-tenant', { [GPU_TYPE]: 'h100' }, { tolerations: [taintOf('h100')] }),
    because: 'did not tolerate taint (taint=tenantry.dev/tenant=language:NoSchedule)',
  },
  ofAnotherType: {
    pod: pod('another-type', { [GPU_TYPE]: 'none', 'node.kubernetes.io/instance-type': 'c6i.8xlarge' }),
    because: 'node.kubernetes.io/instance-type In [c6i.8xlarge]',
  },
  onSpot: {
    pod: pod('spot-only', { [GPU_TYPE]: 'h100', [CAPACITY]: 'spot' }, { gpus: 1, tolerations: ofLanguage() }),
    because: `incompatible requirements, key ${CAPACITY}`,
  },
  overTheLimit: {
    pod: pod('one-gpu-more', { [GPU_TYPE]: 'l4' }, { gpus: 1 }),
    because: 'exceed limits for nodepool (NodePool=l4)',
  },
} satisfies Record<string, Refused>;

/** All GPUs that the pool of `one-gpu-more` may have. */
const WHOLE_LIMIT = pod('whole-limit', { [GPU_TYPE]: 'l4' }, { gpus: 8 });

async function allAreRefused(stage: Stage, refused: readonly Refused[]): Promise<void> {
  const others = refused.includes(REFUSED.overTheLimit) ? [WHOLE_LIMIT] : [];
  await withPods(stage, [...others, ...refused.map(({ pod }) => pod)], async (pods) => {
    for (const [index, { pod, because }] of refused.entries()) {
      const created = pods[others.length + index];
      assert(created !== undefined, `${pod.name} was not made`);
      const { node, refusal } = await verdictOn(stage, created);
      assert(node === undefined, `${pod.name} is on ${node?.metadata.name}`);
      assert(refusal?.includes(because) === true, `${pod.name} waits, but for: ${refusal}`);
      stage.note(`${pod.name}: ${because}`);
    }
  });
}

function pod(
  name: string,
  nodeSelector: Record<string, string>,
  { gpus = 0, tolerations = [] }: { gpus?: number; tolerations?: readonly unknown[] } = {},
): Template {
  const limits = { cpu: String(Math.max(gpus, 1)), ...(gpus === 0 ? {} : { [GPU]: String(gpus) }) };
  const containers = [{ name: 'main', image: 'example.com/none', resources: { limits } }];
  return {
    name,
    namespace: 'default',
    copies: 1,
    template: { spec: { nodeSelector, tolerations, containers } },
  };
}

/** A taint, and as good a toleration of it. */
function taintOf(type: string) {
  return { key: GPU, value: type, effect: 'NoSchedule' };
}

function ofLanguage() {
  return [{ key: 'tenantry.dev/tenant', value: 'language', effect: 'NoSchedule' }];
}
