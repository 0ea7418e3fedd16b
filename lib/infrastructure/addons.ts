import { SYSTEM_TAINT } from '../model/names';
import type { Cluster } from '../model/platform';

/** An EKS add-on: what AWS keeps, so that dist/ does not. */
export interface Addon {
  readonly name: keyof NonNullable<Cluster['spec']['addons']>;
  readonly version?: string;
  /** Values as the schema of the add-on has them. */
  readonly configuration?: object;
  /** Whether nodes are not ready without it: it comes before them. */
  readonly beforeNodes: boolean;
}

const onSystemNodes = { tolerations: [{ key: SYSTEM_TAINT, operator: 'Exists' }] };
/** Nodes have startup taints that only these drivers take away, and taints of GPU types and tenants. */
const onEveryNode = { node: { tolerateAllTaints: true } };

const ADDONS: readonly Omit<Addon, 'version'>[] = [
  {
    name: 'vpc-cni',
    beforeNodes: true,
    // Calico is the engine of network policies, and reads addresses of pods from their annotation.
    configuration: { enableNetworkPolicy: 'false', env: { ANNOTATE_POD_IP: 'true' } },
  },
  { name: 'kube-proxy', beforeNodes: true },
  { name: 'eks-pod-identity-agent', beforeNodes: true },
  { name: 'coredns', beforeNodes: false, configuration: onSystemNodes },
  { name: 'metrics-server', beforeNodes: false, configuration: onSystemNodes },
  { name: 'aws-ebs-csi-driver', beforeNodes: false, configuration: onEveryNode },
  // Tolerates every taint by itself (values of its chart, driver 1.7.6).
  { name: 'aws-efs-csi-driver', beforeNodes: false },
  { name: 'aws-mountpoint-s3-csi-driver', beforeNodes: false, configuration: onEveryNode },
];

/** The add-ons of a cluster; the driver of EFS only where homes are on it. */
export function addonsOf({ spec }: Cluster): Addon[] {
  const addons = ADDONS.filter(({ name }) => name !== 'aws-efs-csi-driver' || spec.homes !== undefined);
  return addons.map((addon) => {
    const version = spec.addons?.[addon.name];
    return { ...addon, ...(version === undefined ? {} : { version }) };
  });
}
