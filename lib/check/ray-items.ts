import type { Pointer } from '../issue';
import { clusterNames } from '../model/placement';
import type { TenantFile, TenantSpec } from '../schema/tenant';
import { checkKey } from './references';
import type { Report } from './reporter';
import { checkSchedule } from './schedule';

type Ray = NonNullable<TenantSpec['ray']>;
export type RayCluster = NonNullable<Ray['clusters']>[number];
type Service = NonNullable<Ray['services']>[number];
type Schedule = NonNullable<Ray['schedules']>[number];
export type Item = RayCluster | Service | Schedule;
export type Worker = RayCluster['workers'][number] | Schedule['workers'][number];

/** Every item of spec.ray with its place in the file. */
export function items({ spec }: TenantFile): { pointer: Pointer; item: Item }[] {
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
    if ('schedule' in item) checkSchedule(item, pointer, report);
  }
}

/** KubeRay names the head's group `headgroup` (1.7), Kueue names pod sets of a job `head` and `submitter` (0.19). */
const RESERVED_GROUPS: ReadonlySet<string> = new Set(['head', 'headgroup', 'submitter']);

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
    if (RESERVED_GROUPS.has(worker.name)) {
      report(
        [...pointer, 'name'],
        'reserved-name',
        `"${worker.name}" is a group of KubeRay or Kueue themselves`,
      );
    }
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

/** Variables that the platform sets, or that lead out of the container. */
const MANAGED = /^(RAY_|AWS_|NVIDIA_|KUBERNETES_|LD_|PATH$|PYTHONPATH$)/;

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
  const names = new Set<string>();
  for (const [index, { name, min, max }] of (deployments ?? []).entries()) {
    const pointer = [...at, 'deployments', index];
    if (names.has(name)) {
      report([...pointer, 'name'], 'duplicate-name', `"${name}" is already the name of a deployment here`);
    }
    names.add(name);
    if ((min ?? 1) > max) {
      report([...pointer, 'max'], 'worker-range', `max ${max} is below min ${min ?? 1}`);
    }
  }
}
