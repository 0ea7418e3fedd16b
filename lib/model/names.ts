/** Namespaces of the platform's components. One table, because policies, projects and roles must agree on them. */
export const NAMESPACE = {
  argocd: 'argocd',
  jupyterhub: 'jupyterhub',
  kubeSystem: 'kube-system',
  kuberay: 'kuberay-system',
  kueue: 'kueue-system',
  nginx: 'nginx-ingress',
} as const;

/** Labels that the platform writes and policies read. */
export const LABEL = {
  managedBy: 'app.kubernetes.io/managed-by',
  component: 'app.kubernetes.io/component',
  tenant: 'tenantry.dev/tenant',
  state: 'tenantry.dev/state',
  costCenter: 'tenantry.dev/cost-center',
  gpuType: 'tenantry.dev/gpu-type',
} as const;

/** Annotations of a tenant's Namespace: the parameters of admission policies. */
export const ANNOTATION = {
  owner: 'tenantry.dev/owner',
  displayName: 'tenantry.dev/display-name',
  gpuTypes: 'tenantry.dev/gpu-types',
  registries: 'tenantry.dev/registries',
  queue: 'tenantry.dev/queue',
  podSecurityReason: 'tenantry.dev/pod-security-reason',
} as const;

/** Taint keys. The values are a GPU type and a tenant; platform DaemonSets tolerate both keys with Exists. */
export const TAINT = { gpu: 'nvidia.com/gpu', tenant: 'tenantry.dev/tenant' } as const;

/** Service accounts of a tenant, one a role so that identity and rights stay apart. */
export const SERVICE_ACCOUNT = {
  notebook: 'notebook',
  rayHead: 'ray-head',
  rayWorker: 'ray-worker',
} as const;

/** Extended resource of NVIDIA GPUs, whatever their type. */
export const GPU_RESOURCE = 'nvidia.com/gpu';

/** The one Secret of a tenant that holds its Ray token, and its key. */
export const RAY_TOKEN = { secret: 'ray-token', key: 'auth_token' } as const;

/** Fixed name of the ConfigMap by which the hub learns a tenant. */
export const HUB_CONFIG_MAP = 'tenantry-tenant';

/** Queue of a tenant. Not `default`: Kueue would adopt every unlabelled RayCluster. */
export const LOCAL_QUEUE = 'jobs';

/** Cohort in which tenants lend each other idle job quota. */
export const COHORT = 'tenants';

/** Flavor and shared pool of CPU nodes. */
export const CPU = 'cpu';

/** Value of the GPU type label on CPU nodes, so that one label selects every kind of node. */
export const NO_GPU = 'none';

/** Priority class of tenant pods: one for CPU, one a GPU type so that quota can count types. */
export function priorityClass(gpuType?: string): string {
  return gpuType === undefined ? 'tenant-cpu' : `tenant-gpu-${gpuType}`;
}

/** Group that RBAC knows when the tenant file names none; `:` cannot be in a tenant's name. */
export function group(tenant: string, role: 'admins' | 'users'): string {
  return `tenantry:${tenant}:${role}`;
}

/** Argo CD Application of a tenant's Ray objects. */
export function workloads(tenant: string): string {
  return `${tenant}-workloads`;
}

/** Karpenter's node role of a cluster, made by the bootstrap of the cluster. */
export function nodeRole(cluster: string): string {
  return `KarpenterNodeRole-${cluster}`;
}

/** Service of a Ray head as KubeRay names it (1.7.0, GenerateHeadServiceName). */
export function headService(cluster: string, namespace: string): string {
  return `${cluster}-head-svc.${namespace}.svc.cluster.local`;
}

/** Service of a RayService's endpoints as KubeRay names it (1.7.0, GenerateServeServiceName). */
export function serveService(service: string): string {
  return `${service}-serve-svc`;
}
