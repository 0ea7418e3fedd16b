/** Namespaces of the platform's components. One table, because policies, projects and roles must agree on them. */
export const NAMESPACE = {
  ack: 'ack-system',
  argocd: 'argocd',
  calico: 'tigera-operator',
  /** Made by the Calico operator for what it runs. */
  calicoSystem: 'calico-system',
  certManager: 'cert-manager',
  externalDns: 'external-dns',
  externalSecrets: 'external-secrets',
  gpuOperator: 'gpu-operator',
  jupyterhub: 'jupyterhub',
  kubeSystem: 'kube-system',
  kuberay: 'kuberay-system',
  kueue: 'kueue-system',
  nginx: 'nginx-ingress',
} as const;

/**
 * Service accounts of the components that call AWS. The bootstrap of the cluster associates a role with each by Pod
 * Identity; no annotation names a role.
 */
export const AWS_ACCOUNT = {
  ackEks: { namespace: NAMESPACE.ack, name: 'ack-eks-controller' },
  ackIam: { namespace: NAMESPACE.ack, name: 'ack-iam-controller' },
  ackS3: { namespace: NAMESPACE.ack, name: 'ack-s3-controller' },
  certManager: { namespace: NAMESPACE.certManager, name: 'cert-manager' },
  externalDns: { namespace: NAMESPACE.externalDns, name: 'external-dns' },
  externalSecrets: { namespace: NAMESPACE.externalSecrets, name: 'external-secrets' },
  karpenter: { namespace: NAMESPACE.kubeSystem, name: 'karpenter' },
  loadBalancer: { namespace: NAMESPACE.kubeSystem, name: 'aws-load-balancer-controller' },
} as const;

/** Service account of the EBS CSI driver, as its EKS add-on names it. */
export const EBS_CSI_ACCOUNT = { namespace: NAMESPACE.kubeSystem, name: 'ebs-csi-controller-sa' } as const;

/** Service account of the EFS CSI driver, as its EKS add-on names it. */
export const EFS_CSI_ACCOUNT = { namespace: NAMESPACE.kubeSystem, name: 'efs-csi-controller-sa' } as const;

/** Tag of the VPC, its subnets and its node security group: the value is the name of the cluster. */
export const DISCOVERY_TAG = 'karpenter.sh/discovery';

/** Class of every Ingress, answered by NGINX. */
export const INGRESS_CLASS = 'nginx';

/** The Secret of the platform's wildcard certificate, in the namespace of NGINX. */
export const WILDCARD_SECRET = 'wildcard-tls';

/** ClusterIssuer of certificates. */
export const ISSUER = 'letsencrypt';

/** ClusterSecretStore over AWS Secrets Manager that only namespaces of the platform may use. */
export const PLATFORM_STORE = 'platform';

/** ClusterSecretStore over AWS Secrets Manager for tenants; each reads below its own path. */
export const TENANT_STORE = 'tenants';

/** StorageClass of home volumes. */
export const HOME_CLASS = 'home';

/** StorageClass of disks, wherever homes are: the hub's accounts. */
export const DISK_CLASS = 'disk';

/** Tags on disks that the daily backup of the cluster takes; another cluster of the account takes its own. */
export function backupTags(cluster: string): Readonly<Record<string, string>> {
  return { 'tenantry.dev/backup': 'daily', 'tenantry.dev/cluster': cluster };
}

/** Secret of Argo CD with the credentials of the repository. */
export const GIT_SECRET = 'git-repository';

/** Secret of Argo CD's client at the OpenID Connect provider. */
export const OIDC_SECRET = 'argocd-oidc';

/** Key of the system node group's taint, which the components of the platform tolerate. */
export const SYSTEM_TAINT = 'CriticalAddonsOnly';

/** The hub's own Service, as the chart names it (z2jh 4.4), and where servers of tenants reach it. */
export const HUB = {
  name: 'hub',
  port: 8081,
  address: `hub.${NAMESPACE.jupyterhub}.svc.cluster.local`,
} as const;

/** Secret with which the hub starts: the password of the first administrator, or the client at the provider. */
export const HUB_LOGIN = { secret: 'hub-login', password: 'password', client: 'clientSecret' } as const;

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
  /** Hosts that the tenant's services answer on. */
  hosts: 'tenantry.dev/hosts',
  /** Service accounts with an identity at AWS. */
  identities: 'tenantry.dev/identities',
  /** Volumes that were made for the tenant, such as those of datasets. */
  volumes: 'tenantry.dev/volumes',
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

/** Fixed name of the ConfigMap from which notebooks take the template of their jobs. */
export const JOB_CONFIG_MAP = 'tenantry-jobs';

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

/** Argo CD Application of CRDs, by the name of their source. */
export function definitions(source: string): string {
  return `${source}-crds`;
}

/** Argo CD Application of our own objects of a component that has a Helm chart. */
export function configuration(component: string): string {
  return `${component}-config`;
}

/** Role of a controller, made by the bootstrap of the cluster: at most 30 and 1 and 28 of 64 letters. */
export function controllerRole(cluster: string, account: string): string {
  return `${cluster}-${account}`;
}

/** The one role of all tenants' pods: the tags of their sessions, cluster and namespace, tell them apart. */
export function tenantRole(cluster: string): string {
  return `${cluster}-tenant`;
}

/** Bucket of one tenant. No name has two dashes in a row, so that no two names join to the same one. */
export function tenantBucket(cluster: string, tenant: string, account: string): string {
  return `${cluster}--${tenant}--${account}`;
}

/** Secret of a tenant in AWS Secrets Manager. */
export function tenantSecret(cluster: string, tenant: string, name: string): string {
  return `${cluster}/${tenant}/${name}`;
}

/** Claim of a dataset in a tenant's namespace, and the name of its volume in pods. */
export function datasetClaim(dataset: string): string {
  return `dataset-${dataset}`;
}

/** PersistentVolume of a dataset for one tenant. */
export function datasetVolume(tenant: string, dataset: string): string {
  return `${tenant}--${dataset}`;
}

/** Where pods see a dataset. */
export function datasetPath(dataset: string): string {
  return `/data/${dataset}`;
}

/** Bucket of datasets and of tenants' own data. A domain has one owner, so its name should be free. */
export function dataBucket(spec: { readonly dataBucket?: string; readonly domain: string }): string {
  return spec.dataBucket ?? `data-${spec.domain.replaceAll('.', '-')}`;
}

/** Karpenter's node role of a cluster, made by the bootstrap of the cluster. */
export function nodeRole(cluster: string): string {
  return `KarpenterNodeRole-${cluster}`;
}

/** Queue in which Karpenter hears of interruptions, made by the bootstrap of the cluster. */
export function interruptionQueue(cluster: string): string {
  return cluster;
}

/** Service of a Ray head as KubeRay names it (1.7.0, GenerateHeadServiceName). */
export function headService(cluster: string, namespace: string): string {
  return `${cluster}-head-svc.${namespace}.svc.cluster.local`;
}

/** Service of a RayService's endpoints as KubeRay names it (1.7.0, GenerateServeServiceName). */
export function serveService(service: string): string {
  return `${service}-serve-svc`;
}
