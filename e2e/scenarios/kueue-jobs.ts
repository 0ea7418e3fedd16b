import type { Body } from '../api';
import { expectStatus } from '../expect';
import { assert, type Stage } from '../scenario';
import { until } from '../wait';
import { expectReady, expectReconciled } from './kuberay-cluster';
import { livePods, nameOf, type Ray, type RayDocument } from './kuberay-objects';
import { expectSubmitted } from './kuberay-schedule';
import { gpuGroupOf } from './kueue-share';
import { expectPlaced, workloadOf } from './kueue-workloads';

/** A RayJob, and the RayCronJob as dist/ would have it for one of that size. */
export interface Job {
  readonly job: Ray;
  readonly document: RayDocument;
}

/** Submits a run of a RayCronJob under a name, with so many GPU workers. Default: as many as it has. */
export type Submit = (cron: RayDocument, name: string, workers?: number) => Promise<Job>;

/** Runs, then deletes what was submitted, and waits until nothing of it is left. */
export async function withJobs(stage: Stage, run: (submit: Submit) => Promise<void>): Promise<void> {
  const { api } = stage;
  const jobs: Ray[] = [];
  try {
    await run(async (cron, name, workers) => {
      const { job, document } = jobOf(cron, name, workers);
      const { status, body } = await api.create(job);
      assert(status === 201, `${nameOf(job)}: ${status} ${body.message}`);
      jobs.push(job);
      return { job: { ...job, ...body } as Ray, document };
    });
  } finally {
    for (const job of jobs) await api.delete(job);
    for (const job of jobs) await until(() => isGone(stage, job), `the end of ${nameOf(job)}`);
  }
}

function jobOf(cron: RayDocument, name: string, workers: number | undefined): Job {
  const object = structuredClone(cron.object);
  const document = { ...cron, object };
  const group = gpuGroupOf(document);
  if (workers !== undefined) {
    assert(group !== undefined, `${nameOf(object)} has no GPU workers`);
    Object.assign(group, { replicas: workers, minReplicas: workers, maxReplicas: workers });
  }
  const { apiVersion, metadata, spec } = object;
  const { namespace } = metadata;
  return {
    document,
    job: { apiVersion, kind: 'RayJob', metadata: { name, namespace }, spec: spec.jobTemplate },
  };
}

/** Kueue has admitted the job with the flavors of its pods, and all its pods run on such nodes. */
export async function expectRuns(stage: Stage, { job, document }: Job, seconds = 60): Promise<void> {
  const cluster = await expectReconciled(stage, document, job, seconds);
  await expectReady(stage.api, cluster);
  await expectSubmitted(stage, document, job, seconds);
  await expectPlaced(stage, job, cluster);
}

/** Kueue keeps the job waiting and says why; it has no RayCluster. */
export async function expectWaits(stage: Stage, { job }: Job, why: RegExp, seconds = 60): Promise<void> {
  await until(
    async () => {
      const reserved = conditionOf(await workloadOf(stage.api, job), 'QuotaReserved');
      assert(
        reserved?.status === 'False' && why.test(String(reserved.message)),
        `${nameOf(job)} does not wait for ${why}: ${reserved?.message}`,
      );
      assert(await isStopped(stage, job), `${nameOf(job)} waits and runs`);
      return true;
    },
    nameOf(job),
    seconds,
  );
}

/** Kueue has taken the job back into the queue for a reason; its pods are gone. */
export async function expectTakenBack(stage: Stage, { job }: Job, why: string, seconds = 60): Promise<void> {
  await until(
    async () => {
      const evicted = conditionOf(await workloadOf(stage.api, job), 'Evicted');
      assert(
        evicted?.status === 'True' && evicted.reason === why,
        `${nameOf(job)} is not taken back by ${why}: ${evicted?.message}`,
      );
      return (await isStopped(stage, job)) || undefined;
    },
    `${nameOf(job)} to be taken back`,
    seconds,
  );
}

/** The job succeeds, as Ray would tell KubeRay; its cluster goes. */
export async function finish(stage: Stage, { job }: Job, seconds = 60): Promise<void> {
  const status = {
    jobStatus: 'SUCCEEDED',
    jobDeploymentStatus: 'Complete',
    endTime: new Date().toISOString().replace(/\.\d+/, ''),
  };
  await expectStatus(stage.api.patch(job, { status }, 'status'), 200);
  await until(
    async () => ((await clustersOf(stage, job)).length === 0 ? true : undefined),
    `the end of the RayCluster of ${nameOf(job)}`,
    seconds,
  );
}

async function isStopped(stage: Stage, job: Ray): Promise<boolean> {
  const { body } = await stage.api.get(job);
  return body.spec.suspend === true && (await isGone(stage, job)) === true;
}

async function isGone(stage: Stage, job: Ray): Promise<true | undefined> {
  const pods = await livePods(
    stage.api,
    job.metadata.namespace,
    `batch.kubernetes.io/job-name=${job.metadata.name}`,
  );
  return (pods.length === 0 && (await clustersOf(stage, job)).length === 0) || undefined;
}

function clustersOf({ api }: Stage, { apiVersion, metadata }: Ray): Promise<Body[]> {
  const { name, namespace } = metadata;
  return api.list({ apiVersion, kind: 'RayCluster', namespace }, `ray.io/originated-from-cr-name=${name}`);
}

function conditionOf({ status }: Body, wanted: string): Body | undefined {
  return (status?.conditions ?? []).find(({ type }: Body) => type === wanted);
}
