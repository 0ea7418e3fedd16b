import { AWS_ACCOUNT, interruptionQueue } from '../../lib/model/names';
import type { Component } from './component';
import { NodePoolsChart } from './node-pools';
import { resourcesOf } from './size';

const { namespace, name: serviceAccount } = AWS_ACCOUNT.karpenter;

/** Starts and stops nodes. In kube-system, where API Priority and Fairness serves it first. */
export const KARPENTER: Component = {
  name: 'karpenter',
  namespace,
  wave: 1,
  values: (cluster) => ({
    serviceAccount: { name: serviceAccount },
    settings: {
      clusterName: cluster.name,
      // Without the queue a spot node is gone before its pods have moved.
      interruptionQueue: interruptionQueue(cluster.name),
    },
    controller: { resources: resourcesOf(cluster, 'karpenter') },
  }),
  charts: [NodePoolsChart],
};
