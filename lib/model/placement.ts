import { compare } from '../issue';
import type { TenantFile, TenantSpec } from '../schema/tenant';
import { sorted } from './cluster';
import { group } from './names';
import type {
  Budget,
  Cluster,
  Compute,
  Image,
  Placement,
  Quota,
  RayCluster,
  RaySchedule,
  RayService,
  WorkerGroup,
} from './platform';
import { toMebibytes, toSeconds } from './quantity';
import { STATES, type State } from './state';

/** Size of a Ray head that names none. */
export const DEFAULT_HEAD: Compute = { cpu: 2, memory: 8192 };

/** Longest run of a job that names none. */
export const DEFAULT_TIMEOUT_SECONDS = 8 * 3600;

type QuotaSpec = TenantSpec['quota'];
type RaySpec = NonNullable<TenantSpec['ray']>;
type WorkerSpec = NonNullable<RaySpec['clusters']>[number]['workers'][number];
type JobWorkerSpec = NonNullable<RaySpec['schedules']>[number]['workers'][number];

/** Names of the clusters that a tenant lives on, sorted. */
export function clusterNames(spec: TenantSpec): string[] {
  return (Array.isArray(spec.clusters) ? [...spec.clusters] : Object.keys(spec.clusters)).sort(compare);
}

/** Whether an item of spec.ray is rendered on a cluster. */
export function isOn(item: { readonly clusters?: readonly string[] }, cluster: string): boolean {
  return item.clusters === undefined || item.clusters.includes(cluster);
}

/** The quota as written for a cluster: spec.quota with that cluster's fields over it. */
export function quotaSpec(spec: TenantSpec, cluster: string): QuotaSpec {
  return { ...spec.quota, ...differencesOn(spec, cluster)?.quota };
}

function stateOn(spec: TenantSpec, cluster: string): State {
  return differencesOn(spec, cluster)?.state ?? spec.state ?? 'active';
}

/** What the tenant file says of one cluster alone. */
function differencesOn({ clusters }: TenantSpec, cluster: string) {
  return Array.isArray(clusters) ? undefined : clusters[cluster];
}

/** The complete model of a tenant on a cluster; both files have been checked. */
export function resolvePlacement(file: TenantFile, source: string, cluster: Cluster): Placement {
  const { spec } = file;
  const tenant = file.metadata.name;
  const notebooks = spec.notebooks ?? {};
  const groups = spec.members.groups ?? {};
  const state = stateOn(spec, cluster.name);
  const ray = STATES[state].opens ? spec.ray : undefined;
  const on = <T extends { clusters?: string[] }>(items: T[] | undefined) =>
    (items ?? []).filter((item) => isOn(item, cluster.name));
  return {
    tenant,
    source,
    cluster,
    spec,
    displayName: spec.displayName ?? tenant,
    state,
    allowed: STATES[state],
    quota: resolveQuota(quotaSpec(spec, cluster.name)),
    groups: {
      admins: groups.admins ?? group(tenant, 'admins'),
      users: groups.users ?? group(tenant, 'users'),
    },
    notebooks: {
      profiles: (notebooks.profiles ?? cluster.spec.defaults.profiles).flatMap(
        (name) => cluster.profiles.get(name) ?? [],
      ),
      home: notebooks.home ?? '20Gi',
      idleTimeoutSeconds: Math.min(toSeconds(notebooks.idleTimeout ?? '1h'), cluster.hub.idleTimeoutSeconds),
      seats: notebooks.seats ?? 1,
      submitJobs: notebooks.submitJobs ?? true,
    },
    ray: {
      clusters: on(ray?.clusters).map((item) => resolveRayCluster(item, cluster)),
      services: on(ray?.services).map((item) => resolveService(item, cluster)),
      schedules: on(ray?.schedules).map((item) => resolveSchedule(item, cluster)),
    },
    datasets: [...(spec.datasets ?? [])].sort(compare),
    secrets: [...(spec.secrets ?? [])].sort(compare),
    egress: spec.network?.egress ?? 'internet',
  };
}

function resolveQuota(spec: QuotaSpec): Quota {
  return {
    cpu: resolveBudget(spec.cpu, Number),
    memory: resolveBudget(spec.memory, toMebibytes),
    storage: toMebibytes(spec.storage),
    gpus: new Map(sorted(spec.gpus ?? {}).map(([type, budget]) => [type, resolveBudget(budget, Number)])),
  };
}

type BudgetSpec<T> = T | { interactive: T; jobs?: { guaranteed: T; max?: T } };

function resolveBudget<T extends number | string>(spec: BudgetSpec<T>, amount: (value: T) => number): Budget {
  if (typeof spec !== 'object') return { interactive: amount(spec), guaranteed: 0, max: 0 };
  const { interactive, jobs } = spec;
  if (jobs === undefined) return { interactive: amount(interactive), guaranteed: 0, max: 0 };
  return {
    interactive: amount(interactive),
    guaranteed: amount(jobs.guaranteed),
    max: amount(jobs.max ?? jobs.guaranteed),
  };
}

/** What a worker asks for; a GPU worker without a size takes what its GPUs bring along. */
export function workerCompute(worker: WorkerSpec | JobWorkerSpec, cluster: Cluster): Compute {
  const count = worker.gpus ?? 1;
  const perGpu = worker.gpu === undefined ? undefined : cluster.gpuTypes.get(worker.gpu)?.perGpu;
  return {
    cpu: worker.cpu ?? (perGpu?.cpu ?? 0) * count,
    memory: worker.memory === undefined ? (perGpu?.memory ?? 0) * count : toMebibytes(worker.memory),
    ...(worker.gpu === undefined ? {} : { gpu: { type: worker.gpu, count } }),
  };
}

function resolveWorker(worker: WorkerSpec | JobWorkerSpec, cluster: Cluster): WorkerGroup {
  const range =
    'max' in worker
      ? { min: worker.min ?? 0, max: worker.max }
      : { min: worker.replicas, max: worker.replicas };
  const capacity = worker.capacity === undefined ? {} : { capacity: worker.capacity };
  return { name: worker.name, ...workerCompute(worker, cluster), ...range, ...capacity };
}

interface RayItem {
  readonly name: string;
  readonly image?: string;
  readonly head?: { readonly cpu?: number; readonly memory?: string };
  readonly workers: readonly (WorkerSpec | JobWorkerSpec)[];
}

function resolveBase(item: RayItem, cluster: Cluster) {
  const image = cluster.images.get(item.image ?? cluster.spec.defaults.image);
  if (image === undefined) throw new Error(`${item.name}: unchecked reference to an image`);
  return {
    name: item.name,
    image: image satisfies Image,
    head: {
      cpu: item.head?.cpu ?? DEFAULT_HEAD.cpu,
      memory: item.head?.memory === undefined ? DEFAULT_HEAD.memory : toMebibytes(item.head.memory),
    },
    workers: item.workers.map((worker) => resolveWorker(worker, cluster)),
  };
}

function resolveRayCluster(item: NonNullable<RaySpec['clusters']>[number], cluster: Cluster): RayCluster {
  return { ...resolveBase(item, cluster), idleTimeoutSeconds: toSeconds(item.idleTimeout ?? '10m') };
}

function resolveService(item: NonNullable<RaySpec['services']>[number], cluster: Cluster): RayService {
  return { ...resolveBase(item, cluster), spec: item };
}

function resolveSchedule(item: NonNullable<RaySpec['schedules']>[number], cluster: Cluster): RaySchedule {
  return {
    ...resolveBase(item, cluster),
    spec: item,
    timeZone: item.timeZone ?? 'Etc/UTC',
    timeoutSeconds: item.timeout === undefined ? DEFAULT_TIMEOUT_SECONDS : toSeconds(item.timeout),
  };
}
