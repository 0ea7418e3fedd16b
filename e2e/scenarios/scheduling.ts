import type { Body, Reference } from '../api';
import { nodesOf, withNodes } from '../nodes';
import { kwok } from '../operators/kwok';
import { scheduler } from '../operators/scheduler';
import { assert, type Scenario, type Stage } from '../scenario';
import { type Template, templatesOf } from '../templates';
import { until } from '../wait';
import { notebooksOf } from './notebooks';
import { withoutPolicies } from './without';

const GPU_TYPE = 'tenantry.dev/gpu-type';
const TENANT = 'tenantry.dev/tenant';

type Node = Reference & Body;

/** Where the scheduler of Kubernetes puts the pods of dist/, on nodes of every instance type that its NodePools allow. */
export const scheduling: Scenario = {
  name: 'scheduling',
  says: 'every Ray group and notebook profile fits a node of its own kind; no CPU pod on a GPU node, no foreign pod on a dedicated one',
  needs: [scheduler, kwok],
  async run(stage) {
    const nodes = nodesOf(stage.documents);
    const templates = [...templatesOf(stage.documents), ...notebooksOf(stage.cluster)];
    await withNodes(stage, nodes, () => everyTemplateFits(stage, nodes, templates));
    await withNodes(stage, nodes.filter(hasGpus), () => nothingStrays(stage, nodes, templates));
    stage.note(`${templates.length} pod templates on ${nodes.length} nodes`);
  },
  twins: {
    'GPU nodes without taints': async (stage) => {
      const nodes = nodesOf(stage.documents).filter(hasGpus).map(withoutTaints);
      await withNodes(stage, nodes, () => nothingStrays(stage, nodes, templatesOf(stage.documents)));
    },
    'only the smallest instance of every pool': async (stage) => {
      const nodes = smallestOf(nodesOf(stage.documents));
      await withNodes(stage, nodes, () => everyTemplateFits(stage, nodes, templatesOf(stage.documents)));
    },
  },
};

async function everyTemplateFits(
  stage: Stage,
  nodes: readonly Node[],
  templates: readonly Template[],
): Promise<void> {
  for (const one of templates) {
    const wanted = one.template.spec.nodeSelector[GPU_TYPE];
    const name = await withPod(stage, one, (pod) => nodeOf(stage, pod));
    const labels: Record<string, string> =
      nodes.find(({ metadata }) => metadata.name === name)?.metadata?.labels ?? {};
    assert(labels[GPU_TYPE] === wanted, `${one.namespace}/${one.name} wants ${wanted}, and is on ${name}`);
    const owner = labels[TENANT] ?? one.namespace;
    assert(owner === one.namespace, `${one.namespace}/${one.name} is on ${name}, which is for ${owner}`);
  }
}

/** Only GPU nodes are there: pods without GPUs wait, also those that ask for the nodes of somebody else. */
function nothingStrays(stage: Stage, nodes: readonly Node[], templates: readonly Template[]): Promise<void> {
  // Policies refuse such pods; taints hold where none does.
  return withoutPolicies(stage, ['node-selection', 'tolerations'], () => allWait(stage, nodes, templates));
}

async function allWait(stage: Stage, nodes: readonly Node[], templates: readonly Template[]): Promise<void> {
  const tenants = new Map(templates.filter(usesNoGpu).map((one) => [one.namespace, one]));
  const dedicated = nodes.filter(({ metadata }) => metadata.labels?.[TENANT] !== undefined);
  for (const [namespace, one] of tenants) {
    await waits(stage, { ...one, template: withPlace(one.template, {}) });
    const foreign = dedicated.find(({ metadata }) => metadata.labels?.[TENANT] !== namespace);
    if (foreign === undefined) continue;
    const type = foreign.metadata.labels?.[GPU_TYPE] ?? '';
    await waits(stage, { ...one, template: withPlace(one.template, { [GPU_TYPE]: type }, type) });
  }
}

async function waits(stage: Stage, one: Template): Promise<void> {
  await withPod(stage, one, async (pod) => {
    const verdict = await until(async () => {
      const { body } = await stage.api.get(pod);
      if (body.spec?.nodeName !== undefined) return `is on ${body.spec.nodeName}`;
      return isUnschedulable(body) ? 'waits' : undefined;
    }, `a verdict on ${pod.metadata.name}`);
    const selector = JSON.stringify(one.template.spec.nodeSelector);
    assert(verdict === 'waits', `${one.namespace}/${one.name} with the selector ${selector} ${verdict}`);
  });
}

/** Name of the node that a pod is on, or why it is on none. */
export async function nodeOf(stage: Stage, pod: Reference): Promise<string> {
  return until(async () => {
    const { body } = await stage.api.get(pod);
    assert(body.kind === 'Pod', `${pod.metadata.name}: ${body.message}`);
    if (isUnschedulable(body)) return body.status.conditions[0].message;
    return body.spec.nodeName;
  }, `a node for ${pod.metadata.name}`);
}

function isUnschedulable({ status }: Body): boolean {
  const conditions: { reason?: string }[] = status?.conditions ?? [];
  return conditions.some(({ reason }) => reason === 'Unschedulable');
}

/** Runs while a pod of a template is there. */
export async function withPod<T>(
  { api }: Stage,
  { name, namespace, template }: Template,
  use: (pod: Reference) => Promise<T>,
): Promise<T> {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, name, namespace },
    spec: template.spec,
  };
  const { status, body } = await api.create(pod);
  assert(status === 201, `${namespace}/${name}: ${status} ${body.message}`);
  try {
    return await use(pod);
  } finally {
    await api.delete(pod);
  }
}

function usesNoGpu({ template }: Template): boolean {
  return template.spec.nodeSelector[GPU_TYPE] === 'none';
}

function hasGpus({ metadata }: Node): boolean {
  return metadata.labels?.[GPU_TYPE] !== 'none';
}

function withoutTaints(node: Node): Node {
  return { ...node, spec: { ...node.spec, taints: [] } };
}

/** The pod with another place to run: a user could ask for it, also by the taint of a GPU type. */
function withPlace(template: Body, nodeSelector: Record<string, string>, tolerated?: string): Body {
  const toleration = { key: 'nvidia.com/gpu', operator: 'Equal', value: tolerated, effect: 'NoSchedule' };
  return {
    ...template,
    spec: { ...template.spec, nodeSelector, tolerations: tolerated === undefined ? [] : [toleration] },
  };
}

function smallestOf(nodes: readonly Node[]): Node[] {
  const cores = ({ status }: Node) => Number.parseInt(status.allocatable.cpu, 10);
  const smallest = new Map<string, Node>();
  for (const node of nodes.toSorted((a, b) => cores(b) - cores(a))) {
    smallest.set(node.metadata.labels?.['karpenter.sh/nodepool'] ?? '', node);
  }
  return [...smallest.values()];
}
