import type { Body, Reference } from '../api';

/** Extended resource of NVIDIA GPUs. */
export const GPU = 'nvidia.com/gpu';

export interface PodOptions {
  readonly name: string;
  readonly gpus?: number;
  readonly gpuType?: string;
  readonly priorityClassName?: string;
  readonly cpu?: string;
}

/** A pod as restricted wants it, of a Ray worker's account. */
export function pod(
  namespace: string,
  { name, gpus, gpuType, priorityClassName, cpu = '100m' }: PodOptions,
): Reference & Body {
  const amounts = { cpu, memory: '64Mi', ...(gpus === undefined ? {} : { [GPU]: String(gpus) }) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      serviceAccountName: 'ray-worker',
      priorityClassName: priorityClassName ?? 'tenant-cpu',
      nodeSelector: { 'tenantry.dev/gpu-type': gpuType ?? 'none' },
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'main',
          image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/tenantry/ray:2.60.0-py312-cpu',
          resources: { requests: amounts, limits: amounts },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}
