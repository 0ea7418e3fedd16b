import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Cohort, ResourceFlavor } from '../../imports/kueue.x-k8s.io';
import { COHORT, CPU, LABEL, NO_GPU, TAINT } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { platformLabels } from '../labels';
import { addObject } from '../object';

/** Kueue: one flavor of CPU nodes, one a GPU type, and the cohort in which tenants lend to each other. */
export class QueuesChart extends Chart {
  constructor(scope: Construct, cluster: Cluster) {
    super(scope, 'queues', { labels: platformLabels('kueue') });
    addObject<Cohort>(this, {
      apiVersion: 'kueue.x-k8s.io/v1beta2',
      kind: 'Cohort',
      metadata: { name: COHORT },
      spec: {},
    });
    this.addFlavor(CPU, { nodeLabels: { [LABEL.gpuType]: NO_GPU } });
    for (const type of cluster.gpuTypes.keys()) {
      this.addFlavor(type, {
        nodeLabels: { [LABEL.gpuType]: type },
        // Only pods that tolerate the taint, the GPU pods, are given the flavor.
        nodeTaints: [{ key: TAINT.gpu, value: type, effect: 'NoSchedule' }],
      });
    }
  }

  private addFlavor(name: string, spec: ResourceFlavor['spec']): void {
    addObject<ResourceFlavor>(this, {
      apiVersion: 'kueue.x-k8s.io/v1beta2',
      kind: 'ResourceFlavor',
      metadata: { name },
      spec,
    });
  }
}
