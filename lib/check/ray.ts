import type { Pointer } from '../issue';
import { isOn } from '../model/placement';
import { toMebibytes } from '../model/quantity';
import { own } from '../own';
import type { ClusterFile } from '../schema/cluster';
import type { TenantFile } from '../schema/tenant';
import { checkGranted } from './grants';
import { checkSize } from './instance-size';
import { checkPerGpu } from './per-gpu';
import { familiesOf, poolsOf } from './pools';
import { type Item, items, type RayCluster, type Worker } from './ray-items';
import { checkKey, keysOf } from './references';
import type { Report } from './reporter';

/** What the items of spec.ray ask of one cluster. */
export function checkRay(tenant: TenantFile, cluster: ClusterFile, report: Report): void {
  for (const { pointer, item } of items(tenant)) {
    if (!isOn(item, cluster.metadata.name)) continue;
    const image = checkImage(tenant, cluster, item, pointer, report);
    checkHead(tenant, cluster, item, pointer, report);
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

function checkHead(
  { metadata }: TenantFile,
  cluster: ClusterFile,
  { head }: Item,
  at: Pointer,
  report: Report,
): void {
  if (head === undefined) return;
  const families = poolsOf(cluster, metadata.name, undefined).flatMap((pool) => familiesOf(cluster, pool));
  const size = {
    cpu: head.cpu ?? 0,
    memory: head.memory === undefined ? 0 : toMebibytes(head.memory),
    gpus: 0,
  };
  checkSize(size, families, `cluster ${cluster.metadata.name}`, [...at, 'head'], report);
}

function checkImage(
  tenant: TenantFile,
  { metadata, spec }: ClusterFile,
  item: Item,
  at: Pointer,
  report: Report,
) {
  const key = item.image ?? spec.defaults.image;
  const image = own(spec.images, key);
  if (image === undefined) {
    const known = keysOf(spec.images, 'image', `images of cluster ${metadata.name}`);
    // A default that is not there is told once, in the cluster file.
    if (item.image !== undefined) checkKey(report, [...at, 'image'], key, known);
    return undefined;
  }
  const profiles = tenant.spec.notebooks?.profiles ?? spec.defaults.profiles;
  const isInteractive = tenant.spec.ray?.clusters?.includes(item as RayCluster);
  for (const name of isInteractive ? profiles : []) {
    const profile = own(spec.profiles, name);
    const notebook = profile && own(spec.images, profile.image ?? spec.defaults.image);
    if (notebook === undefined) continue;
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
  const { gpuTypes } = cluster.spec;
  const perGpu = worker.gpu === undefined ? undefined : own(gpuTypes, worker.gpu)?.perGpu;
  if (worker.gpu !== undefined) {
    const known = keysOf(gpuTypes, 'GPU type', `gpuTypes of cluster ${name}`);
    if (!checkKey(report, [...at, 'gpu'], worker.gpu, known)) return;
    checkGranted(tenant, cluster, worker.gpu, [...at, 'gpu'], report);
    checkPerGpu(worker, perGpu, at, report);
  }
  const pools = poolsOf(cluster, tenant.metadata.name, worker.gpu);
  const families = pools.flatMap((pool) => familiesOf(cluster, pool));
  checkSize(sizeOf(worker, perGpu), families, `cluster ${name}`, at, report);
  if (worker.capacity === undefined) return;
  const offered = [...new Set(pools.flatMap((pool) => pool.capacity))].sort();
  if (offered.includes(worker.capacity)) return;
  report(
    [...at, 'capacity'],
    'capacity',
    `the pool of cluster ${name} that this worker goes to does not offer ${worker.capacity}`,
    `it offers: ${offered.join(', ') || 'nothing'}`,
  );
}

/** Size of one worker, as the model resolves it; nothing where a CPU worker lacks a size. */
function sizeOf({ cpu, memory, gpu, gpus = 1 }: Worker, perGpu = { cpu: 0, memory: '0Mi' }) {
  return {
    cpu: cpu ?? perGpu.cpu * gpus,
    memory: memory === undefined ? toMebibytes(perGpu.memory) * gpus : toMebibytes(memory),
    gpus: gpu === undefined ? 0 : gpus,
  };
}
