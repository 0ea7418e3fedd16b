import type { Cluster } from '../../lib/model/platform';

type Operator = keyof NonNullable<Cluster['spec']['operators']>;

/**
 * What one pod of an operator gets where the cluster file says nothing. Karpenter: its getting-started guide (1.14);
 * Kueue: its chart's default (0.19.2); KubeRay: 500 Ray pods take about 500 MB (chart 1.7.0), twice that; Argo CD
 * and JupyterHub: no vendor's number, to be measured.
 */
const DEFAULTS: Readonly<Record<Operator, { cpu: number; memory: string }>> = {
  'argo-cd': { cpu: 0.5, memory: '2Gi' },
  jupyterhub: { cpu: 0.5, memory: '1Gi' },
  karpenter: { cpu: 1, memory: '1Gi' },
  kuberay: { cpu: 0.5, memory: '1Gi' },
  kueue: { cpu: 0.5, memory: '512Mi' },
};

/** Resources of one pod of an operator. No CPU limit: a throttled controller loses its lease. */
export function resourcesOf({ spec }: Cluster, operator: Operator) {
  const { cpu, memory } = spec.operators?.[operator] ?? DEFAULTS[operator];
  return { requests: { cpu: String(cpu), memory }, limits: { memory } };
}
