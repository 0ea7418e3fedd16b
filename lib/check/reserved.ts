import { NAMESPACE } from '../model/names';

/** Names a tenant cannot have: namespaces and Applications of the platform, and words that mislead. */
const RESERVED: ReadonlySet<string> = new Set([
  ...Object.values(NAMESPACE),
  'ack-system',
  'admin',
  'admission',
  'all',
  'amazon-cloudwatch',
  'aws-load-balancer-controller',
  'calico-system',
  'cert-manager',
  'default',
  'external-dns',
  'external-secrets',
  'gpu-operator',
  'hub',
  'karpenter',
  'kuberay',
  'kueue',
  'monitoring',
  'mount-s3',
  'nvidia',
  'platform',
  'priority',
  'public',
  'root',
  'scheduling',
  'system',
  'tenants',
  'tigera-operator',
]);

/** Why a tenant cannot have this name, or undefined. */
export function reservedReason(name: string): string | undefined {
  if (RESERVED.has(name)) return `"${name}" is reserved for the platform`;
  if (name.startsWith('kube-')) return '"kube-" is reserved for Kubernetes';
  if (name.endsWith('-workloads')) {
    return '"-workloads" at the end is reserved: tenant "a" has the Application "a-workloads"';
  }
  return undefined;
}
