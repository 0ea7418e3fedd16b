import { LABEL, NAMESPACE, NO_GPU } from '../../lib/model/names';
import type { Component } from './component';
import { ON_EVERY_GPU_NODE, ON_SYSTEM_NODES } from './placement';

/** Nodes of GPU pools. Node Feature Discovery has nothing to find elsewhere, and takes room on every node. */
const GPU_NODES = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        {
          matchExpressions: [
            { key: LABEL.gpuType, operator: 'Exists' },
            { key: LABEL.gpuType, operator: 'NotIn', values: [NO_GPU] },
          ],
        },
      ],
    },
  },
};

/**
 * Device plugin, GPU metrics and labels of GPU nodes. Driver and container toolkit are in both machine images (EKS
 * user guide, AL2023 and Bottlerocket NVIDIA AMIs); Bottlerocket has the device plugin too, and two would fight.
 */
export const GPU_OPERATOR: Component = {
  name: 'gpu-operator',
  namespace: NAMESPACE.gpuOperator,
  wave: 2,
  values: ({ spec }) => ({
    driver: { enabled: false },
    toolkit: { enabled: false },
    devicePlugin: { enabled: !spec.nodes.ami.alias.startsWith('bottlerocket@') },
    // Karpenter knows neither MIG nor time-slicing (karpenter#729): whole GPUs only.
    migManager: { enabled: false },
    dcgmExporter: { enabled: true, serviceMonitor: { enabled: false } },
    daemonsets: { tolerations: ON_EVERY_GPU_NODE },
    operator: {
      tolerations: ON_SYSTEM_NODES,
      // Helm hooks that rewrite CRDs would run at every sync; an Application of its own brings them.
      upgradeCRD: false,
    },
    'node-feature-discovery': {
      master: { tolerations: ON_SYSTEM_NODES },
      gc: { tolerations: ON_SYSTEM_NODES },
      worker: { tolerations: ON_EVERY_GPU_NODE, affinity: GPU_NODES },
      postDeleteCleanup: false,
    },
  }),
};
