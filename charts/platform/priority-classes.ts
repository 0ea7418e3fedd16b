import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { priorityClass } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { platformLabels } from '../labels';

/** Above pods without a class, far below the platform's own. */
const TENANT_PRIORITY = 1000;

/** One class for CPU pods and one a GPU type. They are equal: they count, they do not rank. */
export class PriorityClassesChart extends Chart {
  constructor(scope: Construct, cluster: Cluster) {
    super(scope, 'priority-classes', { labels: platformLabels('scheduling') });
    for (const name of [priorityClass(), ...[...cluster.gpuTypes.keys()].map(priorityClass)]) {
      new k8s.KubePriorityClass(this, `PriorityClass-${name}`, {
        metadata: { name },
        value: TENANT_PRIORITY,
        preemptionPolicy: 'Never',
        globalDefault: false,
        description: 'Pods of tenants; quotas count GPU types by it.',
      });
    }
  }
}
