import type { Pointer } from '../issue';
import { clusterNames, isOn } from '../model/placement';
import { toMebibytes } from '../model/quantity';
import { own } from '../own';
import type { ClusterFile } from '../schema/cluster';
import type { TenantFile, TenantSpec } from '../schema/tenant';
import { checkGranted } from './placement';
import { checkKey } from './references';
import type { Report } from './reporter';

type Ray = NonNullable<TenantSpec['ray']>;
type RayCluster = NonNullable<Ray['clusters']>[number];
type Service = NonNullable<Ray['services']>[number];
type Schedule = NonNullable<Ray['schedules']>[number];
type Item = RayCluster | Service | Schedule;
type Worker = RayCluster['workers'][number] | Schedule['workers'][number];

/** Every item of spec.ray with its place in the file. */
function items({ spec }: TenantFile): { pointer: Pointer; item: Item }[] {
  return (['clusters', 'services', 'schedules'] as const).flatMap((field) =>
    (spec.ray?.[field] ?? []).map((item, index) => ({ pointer: ['spec', 'ray', field, index], item })),
  );
}

/** Names and ranges within spec.ray, whichever cluster it is rendered for. */
export function checkRayItems(tenant: TenantFile, report: Report): void {
  const names = new Map<string, Pointer>();
  for (const { pointer, item } of items(tenant)) {
    if (names.has(item.name)) {
      report(
        [...pointer, 'name'],
        'duplicate-name',
        `"${item.name}" is already the name of another item of spec.ray`,
        'clusters, services and schedules share Service names such as <name>-head-svc',
      );
    }
    names.set(item.name, pointer);
    checkWorkers(item.workers, [...pointer, 'workers'], report);
    checkEnvironment('env' in item ? (item.env ?? {}) : {}, [...pointer, 'env'], report);
    checkSubset(item, tenant, pointer, report);
    if ('deployments' in item) checkDeployments(item, pointer, report);
  }
}

function checkWorkers(workers: readonly Worker[], at: Pointer, report: Report): void {
  const names = new Set<string>();
  for (const [index, worker] of workers.entries()) {
    const pointer = [...at, index];
    if (names.has(worker.name)) {
      report(
        [...pointer, 'name'],
        'duplicate-name',
        `"${worker.name}" is already the name of a worker group here`,
      );
    }
    names.add(worker.name);
    if ('max' in worker && (worker.min ?? 0) > worker.max) {
      report([...pointer, 'min'], 'worker-range', `min ${worker.min} is above max ${worker.max}`);
    }
    if (worker.gpu !== undefined) continue;
    if (worker.gpus !== undefined) {
      report([...pointer, 'gpus'], 'gpu-without-type', 'gpus needs gpu, a GPU type of the cluster');
    }
    for (const field of ['cpu', 'memory'] as const) {
      if (worker[field] !== undefined) continue;
      report(pointer, 'worker-size', `a CPU worker needs ${field}`, `add ${field}, or gpu for a GPU worker`);
    }
  }
}

/** Variables that the platform sets, or that lead out of the container (properties P32). */
const MANAGED = /^(RAY_|AWS_|NVIDIA_|KUBERNETES_|LD_PRELOAD$|LD_LIBRARY_PATH$|PATH$|PYTHONPATH$)/;

function checkEnvironment(env: Readonly<Record<string, string>>, at: Pointer, report: Report): void {
  for (const name of Object.keys(env)) {
    if (MANAGED.test(name)) report([...at, name], 'managed-variable', `${name} is managed by the platform`);
  }
}

function checkSubset(item: Item, tenant: TenantFile, at: Pointer, report: Report): void {
  for (const [index, cluster] of (item.clusters ?? []).entries()) {
    checkKey(report, [...at, 'clusters', index], cluster, {
      what: 'cluster',
      where: 'spec.clusters of this tenant',
      keys: clusterNames(tenant.spec),
    });
  }
}

function checkDeployments({ deployments }: Service, at: Pointer, report: Report): void {
  for (const [index, { min, max }] of (deployments ?? []).entries()) {
    if ((min ?? 1) > max) {
      report([...at, 'deployments', index, 'max'], 'worker-range', `max ${max} is below min ${min ?? 1}`);
    }
  }
}

/** What the items of spec.ray ask of one cluster. */
export function checkRay(tenant: TenantFile, cluster: ClusterFile, report: Report): void {
  for (const { pointer, item } of items(tenant)) {
    if (!isOn(item, cluster.metadata.name)) continue;
    const image = checkImage(tenant, cluster, item, pointer, report);
    for (const [index, worker] of item.workers.entries()) {
      checkWorker(tenant, cluster, worker, [...pointer, 'workers', index], report);
      if (worker.gpu === undefined || image === undefined || image.cuda !== undefined) continue;
      report(
        [...pointer, 'workers', index, 'gpu'],
        'image-without-cuda',
        `the image of "${item.name}" has no CUDA, but this worker has a GPU`,
      );
    }
  }
}

function checkImage(
  tenant: TenantFile,
  { metadata, spec }: ClusterFile,
  item: Item,
  at: Pointer,
  report: Report,
) {
  const key = item.image ?? spec.defaults.image;
  const where = `images of cluster ${metadata.name}`;
  const keys = Object.keys(spec.images).sort();
  if (!checkKey(report, [...at, 'image'], key, { what: 'image', where, keys })) return undefined;
  const image = own(spec.images, key);
  const profiles = tenant.spec.notebooks?.profiles ?? spec.defaults.profiles;
  const isInteractive = tenant.spec.ray?.clusters?.includes(item as RayCluster);
  for (const name of isInteractive ? profiles : []) {
    const notebookKey = own(spec.profiles, name)?.image ?? spec.defaults.image;
    const notebook = own(spec.images, notebookKey);
    if (image === undefined || notebook === undefined || own(spec.profiles, name) === undefined) continue;
    if (notebook.ray === image.ray && notebook.python === image.python) continue;
    report(
      [...at, 'image'],
      'ray-client-version',
      `image "${key}" (Ray ${image.ray}, Python ${image.python}) differs from profile "${name}" (Ray ${notebook.ray}, Python ${notebook.python}) on cluster ${metadata.name}`,
      'Ray Client needs the same Ray version and Python minor on both sides',
    );
  }
  return image;
}

function checkWorker(
  tenant: TenantFile,
  cluster: ClusterFile,
  worker: Worker,
  at: Pointer,
  report: Report,
): void {
  const { name } = cluster.metadata;
  const { gpuTypes, pools } = cluster.spec;
  if (worker.gpu !== undefined) {
    const keys = Object.keys(gpuTypes).sort();
    const what = { what: 'GPU type', where: `gpuTypes of cluster ${name}`, keys };
    if (!checkKey(report, [...at, 'gpu'], worker.gpu, what)) return;
    checkGranted(tenant, cluster, worker.gpu, [...at, 'gpu'], report);
    checkPerGpu(worker, own(gpuTypes, worker.gpu)?.perGpu, at, report);
  }
  if (worker.capacity === undefined) return;
  const offered = Object.values(pools)
    .filter((pool) => ('gpu' in pool ? pool.gpu : undefined) === worker.gpu)
    .filter((pool) => pool.tenant === undefined || pool.tenant === tenant.metadata.name)
    .flatMap((pool) => pool.capacity);
  if (offered.includes(worker.capacity)) return;
  report([...at, 'capacity'], 'capacity', `no pool of cluster ${name} that fits offers ${worker.capacity}`);
}

function checkPerGpu(
  worker: Worker,
  perGpu: { cpu: number; memory: string } | undefined,
  at: Pointer,
  report: Report,
): void {
  if (perGpu === undefined) return;
  const count = worker.gpus ?? 1;
  const hint = 'a grant of GPUs brings only that much along; take more GPUs a worker, or a smaller size';
  if (worker.cpu !== undefined && worker.cpu > perGpu.cpu * count) {
    const bound = `perGpu.cpu ${perGpu.cpu} x ${count} of ${worker.gpu}`;
    report([...at, 'cpu'], 'above-per-gpu', `${worker.cpu} is above ${bound}`, hint);
  }
  if (worker.memory !== undefined && toMebibytes(worker.memory) > toMebibytes(perGpu.memory) * count) {
    const bound = `perGpu.memory ${perGpu.memory} x ${count} of ${worker.gpu}`;
    report([...at, 'memory'], 'above-per-gpu', `${worker.memory} is above ${bound}`, hint);
  }
}
