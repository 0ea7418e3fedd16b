import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ClusterQueue, LocalQueue } from '../../imports/kueue.x-k8s.io';
import { COHORT, CPU, GPU_RESOURCE, LOCAL_QUEUE } from '../../lib/model/names';
import type { Budget, Placement } from '../../lib/model/platform';
import { formatCores, formatMebibytes } from '../../lib/model/quantity';
import { tenantLabels } from '../labels';
import { addObject } from '../object';

const NOTHING: Budget = { interactive: 0, guaranteed: 0, max: 0 };

/** Kueue: what queued jobs of the tenant get, and may borrow from tenants whose jobs idle. */
export class QueueChart extends Chart {
  constructor(scope: Construct, placement: Placement) {
    super(scope, 'queue', { labels: tenantLabels(placement) });
    const { tenant, allowed } = placement;
    // Jobs that run are taken back into the queue, with Hold they would go on to their end.
    const stopPolicy = allowed.runs ? 'None' : 'HoldAndDrain';
    addObject<ClusterQueue>(this, {
      apiVersion: 'kueue.x-k8s.io/v1beta2',
      kind: 'ClusterQueue',
      metadata: { name: tenant },
      spec: {
        cohortName: COHORT,
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': tenant } },
        queueingStrategy: 'BestEffortFIFO',
        flavorFungibility: { whenCanBorrow: 'MayStopSearch', whenCanPreempt: 'TryNextFlavor' },
        preemption: {
          reclaimWithinCohort: 'Any',
          borrowWithinCohort: { policy: 'Never' },
          withinClusterQueue: 'LowerPriority',
        },
        resourceGroups: [{ coveredResources: ['cpu', 'memory', GPU_RESOURCE], flavors: flavors(placement) }],
        stopPolicy,
      },
    });
    addObject<LocalQueue>(this, {
      apiVersion: 'kueue.x-k8s.io/v1beta2',
      kind: 'LocalQueue',
      metadata: { name: LOCAL_QUEUE, namespace: tenant },
      spec: { clusterQueue: tenant, stopPolicy },
    });
  }
}

/**
 * A flavor for each granted GPU type with what its GPUs bring along, CPU nodes last: where a job does not fit yet, Kueue
 * resumes behind the flavor that each of its pod sets had found room in, and starts anew only after the last one (0.19.2,
 * NextFlavorToTryForPodSetResource). With CPU nodes first a head would be tried on GPU nodes next, and a job that waits
 * for GPUs would say that it does not tolerate a taint.
 */
function flavors({ quota, cluster, allowed }: Placement) {
  const none = { cpu: 0, memory: 0 };
  // A stopped queue would still lend what others have been promised meanwhile.
  const promised = (budget: Budget) => (allowed.runs ? budget : NOTHING);
  return [
    ...[...quota.gpus].map(([type, budget]) => {
      const gpus = promised(budget);
      const perGpu = cluster.gpuTypes.get(type)?.perGpu ?? none;
      return flavor(type, times(gpus, perGpu.cpu), times(gpus, perGpu.memory), gpus);
    }),
    flavor(CPU, promised(quota.cpu), promised(quota.memory), NOTHING),
  ];
}

function flavor(name: string, cpu: Budget, memory: Budget, gpus: Budget) {
  return {
    name,
    resources: [
      { name: 'cpu', ...quotaOf(cpu, formatCores) },
      { name: 'memory', ...quotaOf(memory, formatMebibytes) },
      { name: GPU_RESOURCE, ...quotaOf(gpus, String) },
    ],
  };
}

/** A missing borrowingLimit would mean everything, so it is always written. */
function quotaOf({ guaranteed, max }: Budget, format: (amount: number) => string) {
  return { nominalQuota: format(guaranteed), borrowingLimit: format(max - guaranteed) };
}

function times({ interactive, guaranteed, max }: Budget, factor: number): Budget {
  return { interactive: interactive * factor, guaranteed: guaranteed * factor, max: max * factor };
}
