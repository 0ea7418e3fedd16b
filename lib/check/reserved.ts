import { CHARTS } from '../model/charts';
import { configuration, definitions, NAMESPACE } from '../model/names';

const APPLICATIONS = Object.entries(CHARTS).flatMap(([name, { crds }]) => [
  name,
  configuration(name),
  ...crds.map((source) => definitions(source.name)),
]);

/** Names a tenant cannot have: namespaces and Applications of the platform or usual for its parts, and words that mislead. */
const RESERVED: ReadonlySet<string> = new Set([
  ...Object.values(NAMESPACE),
  ...APPLICATIONS,
  'admin',
  'admission',
  'all',
  'amazon-cloudwatch',
  'default',
  'hub',
  'hub-access',
  'jupyterhub',
  'kuberay-system',
  'kueue-system',
  'monitoring',
  'mount-s3',
  'namespaces',
  'nvidia',
  'platform',
  'priority',
  'public',
  'root',
  'scheduling',
  'storage',
  'system',
  'tenants',
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
