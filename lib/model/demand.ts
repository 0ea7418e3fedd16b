import type { Compute, Placement, Profile, RayCluster, RaySchedule, RayService } from './platform';

/** Size of the autoscaler beside a Ray head. KubeRay 1.7 defaults to 500m and 512Mi, which a large cluster outgrows. */
export const AUTOSCALER: Compute = { cpu: 0.5, memory: 1024 };

/** Size of the pod that submits a RayJob. */
export const SUBMITTER: Compute = { cpu: 0.5, memory: 1024 };

/** So many equal pods of one part of the tenant. */
export interface Demand {
  readonly what: string;
  readonly times: number;
  readonly each: Compute;
}

/** Everything interactive at its largest: Ray clusters, services (twice, for upgrades), notebooks. */
export function interactiveDemand(placement: Placement): Demand[] {
  const { ray } = placement;
  return [
    ...ray.clusters.flatMap((cluster) => rayDemand(cluster, 1)),
    ...ray.services.flatMap((service) => rayDemand(service, 2)),
    ...notebookDemand(placement),
  ];
}

/** One run of a schedule: its head, its submitter and its workers. */
export function jobDemand(schedule: RaySchedule): Demand[] {
  return [
    { what: `head of ${schedule.name}`, times: 1, each: schedule.head },
    { what: `submitter of ${schedule.name}`, times: 1, each: SUBMITTER },
    ...workerDemand(schedule, 1),
  ];
}

function rayDemand(ray: RayCluster | RayService, copies: number): Demand[] {
  return [
    { what: `head of ${ray.name}`, times: copies, each: ray.head },
    { what: `autoscaler of ${ray.name}`, times: copies, each: AUTOSCALER },
    ...workerDemand(ray, copies),
  ];
}

function workerDemand(ray: RayCluster | RayService | RaySchedule, copies: number): Demand[] {
  return ray.workers.map((worker) => ({
    what: `workers ${ray.name}/${worker.name}`,
    times: worker.max * copies,
    each: worker,
  }));
}

function notebookDemand(placement: Placement): Demand[] {
  return seatsOf(placement).map(({ profile, times }, index) => ({
    what: `${index === 0 ? 'notebooks' : 'notebook'} ${profile.name}`,
    times,
    each: profile,
  }));
}

/** The notebooks that a quota is for: seats of the first profile, and each other once that does not fit into their place. */
export function seatsOf({
  notebooks: { profiles, seats },
}: Placement): { profile: Profile; times: number }[] {
  const [first, ...others] = profiles;
  if (first === undefined) return [];
  const larger = others.filter((profile) => !fits(profile, first, seats));
  return [{ profile: first, times: seats }, ...larger.map((profile) => ({ profile, times: 1 }))];
}

function fits(profile: Profile, seat: Profile, times: number): boolean {
  return (
    profile.gpu?.type === seat.gpu?.type &&
    profile.cpu <= seat.cpu * times &&
    profile.memory <= seat.memory * times &&
    (profile.gpu?.count ?? 0) <= (seat.gpu?.count ?? 0) * times
  );
}

/** What a grant allows in all: CPU nodes, and what each GPU brings along (perGpu). */
export function quotaTotals({ quota, cluster }: Placement): { cpu: number; memory: number; gpus: number } {
  const totals = {
    cpu: quota.cpu.interactive + quota.cpu.max,
    memory: quota.memory.interactive + quota.memory.max,
    gpus: 0,
  };
  for (const [type, budget] of quota.gpus) {
    const count = budget.interactive + budget.max;
    const perGpu = cluster.gpuTypes.get(type)?.perGpu;
    totals.gpus += count;
    totals.cpu += count * (perGpu?.cpu ?? 0);
    totals.memory += count * (perGpu?.memory ?? 0);
  }
  return totals;
}
