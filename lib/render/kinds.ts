import { compare } from '../issue';
import type { KubernetesObject } from './manifest';

/** Kinds in the order of a file: what others live in, then what limits, then who may, then what runs. */
const KINDS = [
  'Namespace',
  'CustomResourceDefinition',
  'PriorityClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'ResourceQuota',
  'LimitRange',
  'ServiceAccount',
  'PodIdentityAssociation',
  'AccessEntry',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'NetworkPolicy',
  'ConfigMap',
  'ClusterSecretStore',
  'SecretStore',
  'Password',
  'ExternalSecret',
  'Secret',
  'ClusterIssuer',
  'Issuer',
  'Certificate',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Bucket',
  'Service',
  'Ingress',
  'Topology',
  'ResourceFlavor',
  'AdmissionCheck',
  'WorkloadPriorityClass',
  'Cohort',
  'ClusterQueue',
  'LocalQueue',
  'EC2NodeClass',
  'NodePool',
  'RayCluster',
  'RayService',
  'RayJob',
  'RayCronJob',
  'AppProject',
  'Application',
];

const RANK: ReadonlyMap<string, number> = new Map(KINDS.map((kind, rank) => [kind, rank]));

/** The order of objects in a file: by kind (unknown kinds last), namespace, name; the same for any input order. */
export function compareObjects(a: KubernetesObject, b: KubernetesObject): number {
  return (
    rank(a.kind) - rank(b.kind) ||
    compare(a.kind, b.kind) ||
    compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
    compare(a.metadata.name, b.metadata.name) ||
    compare(a.apiVersion, b.apiVersion)
  );
}

function rank(kind: string): number {
  return RANK.get(kind) ?? KINDS.length;
}
