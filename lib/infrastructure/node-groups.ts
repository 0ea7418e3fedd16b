import { LABEL, SYSTEM_TAINT, TAINT } from '../model/names';
import type { Cluster } from '../model/platform';
import { toMebibytes } from '../model/quantity';

/** A managed node group: nodes that are there without Karpenter. */
export interface NodeGroup {
  readonly name: string;
  readonly instanceTypes: readonly string[];
  /** AMI type of EKS. Without it GPU instances would get Amazon Linux 2, which ended on 2025-11-26. */
  readonly amiType: 'AL2023_x86_64_STANDARD' | 'AL2023_x86_64_NVIDIA';
  readonly min: number;
  readonly max: number;
  /** Gibibytes. */
  readonly disk: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taint: { readonly key: string; readonly value: string };
}

/** Policies of AWS that a node needs: to join, to give pods addresses, to pull images, to be reached without SSH. */
export const NODE_POLICIES = [
  'AmazonEKSWorkerNodePolicy',
  'AmazonEKS_CNI_Policy',
  'AmazonEC2ContainerRegistryPullOnly',
  'AmazonSSMManagedInstanceCore',
] as const;

/** The small group that holds the platform, and GPU nodes that are always on. */
export function nodeGroupsOf({ spec }: Cluster): NodeGroup[] {
  const { instanceTypes = ['m7i.xlarge'], min = 2, max = 4, disk = '50Gi' } = spec.systemNodes ?? {};
  const system: NodeGroup = {
    name: 'system',
    instanceTypes,
    amiType: 'AL2023_x86_64_STANDARD',
    min,
    max,
    disk: gibibytes(disk),
    labels: {},
    taint: { key: SYSTEM_TAINT, value: 'true' },
  };
  if (spec.gpuNodes === undefined) return [system];
  const { gpu, instanceType, count } = spec.gpuNodes;
  return [
    system,
    {
      name: `gpu-${gpu}`.replaceAll('.', '-'),
      instanceTypes: [instanceType],
      amiType: 'AL2023_x86_64_NVIDIA',
      min: count,
      max: count,
      disk: gibibytes(spec.nodes.disk.gpu),
      labels: { [LABEL.gpuType]: gpu },
      taint: { key: TAINT.gpu, value: gpu },
    },
  ];
}

function gibibytes(size: string): number {
  return Math.ceil(toMebibytes(size) / 1024);
}
