import { assert, type Scenario, type Stage } from '../scenario';
import { type Template, templatesOf } from '../templates';
import { WITH_KARPENTER } from './karpenter';
import { verdictOn, withPods } from './karpenter-pods';
import { withPatch, withRequirement } from './karpenter-pools';
import { GPU } from './pod';
import { withoutPolicies } from './without';

const GPU_TYPE = 'tenantry.dev/gpu-type';
const FAMILY = 'karpenter.k8s.aws/instance-family';
const CAPACITY = 'karpenter.sh/capacity-type';

interface Refused {
  readonly pod: Template;
  /** What Karpenter says, in part. */
  readonly because: string;
}

/** What must not get a node, and gets none. */
export const karpenterRefusals: Scenario = {
  name: 'karpenter-refusals',
  says: 'no node for a pod that does not tolerate its taint, wants a type that no pool has, or goes over a limit',
  needs: WITH_KARPENTER,
  once: true,
  run: (stage) => allAreRefused(stage, refusedOf(stage)),
  twins: {
    'a GPU pool without its taint': (stage) =>
      withPatch(stage, 'NodePool', 'a10g', { template: { spec: { taints: null } } }, () =>
        allAreRefused(stage, [withoutToleration(stage)]),
      ),
    'a dedicated pool without the taint of its tenant': (stage) =>
      withPatch(stage, 'NodePool', 'h100', { template: { spec: { taints: [taintOf('h100')] } } }, () =>
        allAreRefused(stage, [ofAnotherTenant(stage)]),
      ),
    'a CPU pool of one more family': (stage) =>
      withPatch(stage, 'NodePool', 'cpu', withRequirement(stage, 'cpu', FAMILY, ['m7i', 'c6i']), () =>
        allAreRefused(stage, [ofAnotherType(stage)]),
      ),
    'an on-demand pool with spot': (stage) =>
      withPatch(stage, 'NodePool', 'h100', withRequirement(stage, 'h100', CAPACITY, ['spot']), () =>
        allAreRefused(stage, [onSpot(stage)]),
      ),
    'a pool without limits': (stage) =>
      withPatch(stage, 'NodePool', 'l4', { limits: null }, () => allAreRefused(stage, [overTheLimit()])),
  },
};

function refusedOf(stage: Stage): Refused[] {
  return [
    withoutToleration(stage),
    ofAnotherTenant(stage),
    ofAnotherType(stage),
    onSpot(stage),
    overTheLimit(),
  ];
}

function allAreRefused(stage: Stage, refused: readonly Refused[]): Promise<void> {
  // Policies refuse some of them before; taints and limits hold where none does.
  return withoutPolicies(stage, ['node-selection', 'tolerations'], () => getNoNode(stage, refused));
}

async function getNoNode(stage: Stage, refused: readonly Refused[]): Promise<void> {
  const others = refused.some(({ pod }) => pod.name === 'one-gpu-more') ? [wholeLimit()] : [];
  await withPods(stage, [...others, ...refused.map(({ pod }) => pod)], async (pods) => {
    for (const { pod, because } of refused) {
      const created = pods.find(({ metadata }) => metadata.name === pod.name);
      assert(created !== undefined, `${pod.name} was not made`);
      const { node, refusal } = await verdictOn(stage, created);
      assert(node === undefined, `${pod.name} is on ${node?.metadata.name}`);
      assert(refusal?.includes(because) === true, `${pod.name} waits, but for: ${refusal}`);
      stage.note(`${pod.name}: ${because}`);
    }
  });
}

/** A pod of dist/ that may run anywhere, with another place to run. */
function cpuPod(
  { documents }: Stage,
  name: string,
  nodeSelector: Record<string, string>,
  tolerations: readonly unknown[] = [],
): Template {
  const worker = templatesOf(documents).find(({ name: found }) => found === 'training-worker-cpu');
  assert(worker !== undefined, 'dist/ has no CPU worker of a Ray cluster called training');
  const { template } = worker;
  return {
    ...worker,
    name,
    template: { ...template, spec: { ...template.spec, nodeSelector, tolerations } },
  };
}

function withoutToleration(stage: Stage): Refused {
  return {
    pod: cpuPod(stage, 'no-toleration', { [GPU_TYPE]: 'a10g' }),
    because: 'did not tolerate taint (taint=nvidia.com/gpu=a10g:NoSchedule)',
  };
}

function ofAnotherTenant(stage: Stage): Refused {
  const toleration = { ...taintOf('h100'), operator: 'Equal' };
  return {
    pod: cpuPod(stage, 'another-tenant', { [GPU_TYPE]: 'h100' }, [toleration]),
    because: 'did not tolerate taint (taint=tenantry.dev/tenant=language:NoSchedule)',
  };
}

function ofAnotherType(stage: Stage): Refused {
  const selector = { [GPU_TYPE]: 'none', 'node.kubernetes.io/instance-type': 'c6i.4xlarge' };
  return { pod: cpuPod(stage, 'another-type', selector), because: 'no instance type met all requirements' };
}

function onSpot({ documents }: Stage): Refused {
  const worker = templatesOf(documents).find(
    ({ template }) => template.spec.nodeSelector[GPU_TYPE] === 'h100',
  );
  assert(worker !== undefined, 'dist/ has no worker with H100 GPUs');
  const { template } = worker;
  const nodeSelector = { ...template.spec.nodeSelector, [CAPACITY]: 'spot' };
  return {
    pod: {
      ...worker,
      name: 'spot-only',
      template: { ...template, spec: { ...template.spec, nodeSelector } },
    },
    because: `incompatible requirements, key ${CAPACITY}`,
  };
}

/** Outside of the tenants, whose quotas would speak first: the pool has 8 GPUs. */
function overTheLimit(): Refused {
  return { pod: l4Pod('one-gpu-more', 1), because: 'exceed limits' };
}

function wholeLimit(): Template {
  return l4Pod('whole-limit', 8);
}

function l4Pod(name: string, gpus: number): Template {
  const amounts = { cpu: String(gpus), [GPU]: String(gpus) };
  const container = { name: 'main', image: 'example.com/none', resources: { limits: amounts } };
  const spec = { nodeSelector: { [GPU_TYPE]: 'l4' }, containers: [container] };
  return { name, namespace: 'default', copies: 1, template: { spec } };
}

function taintOf(type: string) {
  return { key: GPU, value: type, effect: 'NoSchedule' };
}
