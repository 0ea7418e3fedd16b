import type { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { NAMESPACE } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { GpuTypePolicyChart } from './gpu-type-policy';
import { JobQueuePolicyChart } from './job-queue-policy';
import { NodePoolsChart } from './node-pools';
import { PriorityClassesChart } from './priority-classes';
import { QueuesChart } from './queues';

/** A component of the platform: its own Application, synced in its wave. */
export interface Component {
  readonly name: string;
  readonly namespace: string;
  readonly wave: number;
  readonly charts: readonly (new (scope: Construct, cluster: Cluster) => Chart)[];
}

/** Components in the order of their waves. An operator's chart goes beside its objects. */
export const COMPONENTS: readonly Component[] = [
  { name: 'scheduling', namespace: NAMESPACE.kubeSystem, wave: 0, charts: [PriorityClassesChart] },
  {
    name: 'admission',
    namespace: NAMESPACE.kubeSystem,
    wave: 0,
    charts: [GpuTypePolicyChart, JobQueuePolicyChart],
  },
  { name: 'karpenter', namespace: NAMESPACE.kubeSystem, wave: 1, charts: [NodePoolsChart] },
  { name: 'kueue', namespace: NAMESPACE.kueue, wave: 1, charts: [QueuesChart] },
];
