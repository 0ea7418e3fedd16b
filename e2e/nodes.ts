import instanceTypes from '../imports/instance-types.json';
import { toMebibytes } from '../lib/model/quantity';
import type { Body, Metadata, Reference } from './api';
import type { Document } from './dist';
import { assert, type Stage } from './scenario';
import { until } from './wait';

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

interface Facts {
  readonly allocatable: { readonly cpu: string; readonly memory: string };
  readonly gpus?: number;
  readonly gpuName?: string;
}

/** One node of every instance type and capacity type that each NodePool of dist/ allows, as Karpenter would label and taint it. */
export function nodesOf(documents: readonly Document[]): (Reference & Body)[] {
  const pools = documents.map(({ object }) => object as Reference & Body);
  return pools
    .filter(({ kind }) => kind === 'NodePool')
    .flatMap(({ metadata, spec }) =>
      Object.entries(instanceTypes.types as Record<string, Facts>).flatMap(([type, facts]) =>
        ['spot', 'on-demand'].flatMap((capacity) => {
          const { template } = spec;
          const zones = (template.spec.requirements as Requirement[]).find(
            ({ key }) => key === 'topology.kubernetes.io/zone',
          );
          const labels = {
            ...factsAsLabels(type, facts),
            'karpenter.sh/capacity-type': capacity,
            'karpenter.sh/nodepool': metadata.name,
            'topology.kubernetes.io/zone': zones?.values?.[0] ?? '',
            ...template.metadata.labels,
          };
          if (!template.spec.requirements.every((one: Requirement) => meets(labels, one))) return [];
          return [node(`${metadata.name}-${capacity}-${type}`, labels, template.spec.taints ?? [], facts)];
        }),
      ),
    );
}

/** So many on-demand nodes of the CPU instance type of dist/ with the most memory: one with as many cores may have a quarter. */
export function cpuNodesOf(documents: readonly Document[], count: number): (Reference & Body)[] {
  const memory = ({ status }: Body) => toMebibytes(status.allocatable.memory);
  const [largest] = nodesOf(documents)
    .filter(
      ({ metadata, status }) => onDemand(metadata) && status.allocatable['nvidia.com/gpu'] === undefined,
    )
    .toSorted((a, b) => memory(b) - memory(a));
  assert(largest !== undefined, 'dist/ has no pool of on-demand CPU nodes');
  return Array.from({ length: count }, (_, index) => {
    const name = `${largest.metadata.name}-${index}`;
    const labels = { ...largest.metadata.labels, 'kubernetes.io/hostname': name };
    return { ...largest, metadata: { ...largest.metadata, name, labels } };
  });
}

/** Whether a node is an on-demand instance. */
export function onDemand({ labels = {} }: Metadata): boolean {
  return labels['karpenter.sh/capacity-type'] === 'on-demand';
}

function factsAsLabels(type: string, { gpuName }: Facts): Record<string, string> {
  return {
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/os': 'linux',
    'node.kubernetes.io/instance-type': type,
    'karpenter.k8s.aws/instance-family': type.slice(0, type.indexOf('.')),
    ...(gpuName === undefined ? {} : { 'karpenter.k8s.aws/instance-gpu-name': gpuName }),
  };
}

function meets(labels: Record<string, string>, { key, operator, values = [] }: Requirement): boolean {
  const value = labels[key];
  if (operator === 'In') return value !== undefined && values.includes(value);
  if (operator === 'DoesNotExist') return value === undefined;
  throw new Error(`a NodePool of dist/ requires ${key} ${operator}, which nodes here cannot tell yet`);
}

function node(
  name: string,
  labels: Record<string, string>,
  taints: readonly unknown[],
  { allocatable, gpus }: Facts,
): Reference & Body {
  const amounts = {
    cpu: allocatable.cpu,
    memory: allocatable.memory,
    pods: '58',
    ...(gpus === undefined ? {} : { 'nvidia.com/gpu': String(gpus) }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { ...labels, 'kubernetes.io/hostname': name } },
    spec: { taints },
    status: { capacity: amounts, allocatable: amounts },
  } as Reference & Body;
}

/** Runs while these nodes are there and ready; KWOK plays their kubelets. */
export async function withNodes(
  { api }: Stage,
  nodes: readonly (Reference & Body)[],
  run: () => Promise<void>,
): Promise<void> {
  try {
    for (const one of nodes) {
      const { status, body } = await api.create(one);
      assert(status === 201, `Node ${one.metadata.name}: ${status} ${body.message}`);
    }
    await until(async () => {
      const all = await api.list({ apiVersion: 'v1', kind: 'Node' });
      return all.every(isReady) || undefined;
    }, 'ready nodes');
    await run();
  } finally {
    for (const one of nodes) await api.delete(one);
  }
}

function isReady({ spec, status }: Body): boolean {
  const conditions: { type: string; status: string }[] = status?.conditions ?? [];
  const taints: { key: string }[] = spec?.taints ?? [];
  return (
    conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True') &&
    !taints.some(({ key }) => key.startsWith('node.kubernetes.io/'))
  );
}
