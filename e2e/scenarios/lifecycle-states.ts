import type { Api, Body, Reference } from '../api';
import { assert, type Stage } from '../scenario';
import { until } from '../wait';
import { isAllowed, subjectOf } from './access';
import { expectReady } from './kuberay-cluster';
import { livePods, type Ray } from './kuberay-objects';
import { NEWCOMER, only } from './newcomer';
import { pod } from './pod';

const HOME: Reference & Body = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'claim-member', namespace: NEWCOMER },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } },
};

/** The home of a member, as the hub makes it. */
export async function makeHome(api: Api): Promise<void> {
  const { status, body } = await api.create(HOME);
  assert(status === 201, `the home: ${status} ${body.message}`);
}

/** Ray is up, pods may start, members may look. */
export async function expectActive(stage: Stage, seconds: number): Promise<void> {
  await until(() => clusterState(stage, 'ready'), 'a RayCluster that is ready', seconds);
  await expectReady(stage.api, rayCluster(stage));
  await until(() => podIs(stage.api, 201), 'a pod that may start', seconds);
  await expectKept(stage, 'active', true, seconds);
}

/** Nothing of Ray runs, nothing can start, and nothing else is lost. */
export async function expectFrozen(stage: Stage, seconds: number): Promise<void> {
  await until(() => clusterState(stage, 'suspended'), 'a RayCluster that is suspended', seconds);
  await until(() => noPods(stage.api), 'no pods', seconds);
  await expectStopped(stage, seconds);
  await expectKept(stage, 'frozen', true, seconds);
}

/** Ray objects and the access of members are gone as well; Namespace and home are there. */
export async function expectArchived(stage: Stage, seconds: number): Promise<void> {
  for (const kind of ['RayCluster', 'RayCronJob']) {
    const gone = async () => (await stage.api.get(only(stage.documents, kind).object)).status === 404;
    await until(async () => (await gone()) || undefined, `no ${kind}`, seconds);
  }
  await until(() => noPods(stage.api), 'no pods', seconds);
  await expectStopped(stage, seconds);
  await expectKept(stage, 'archived', false, seconds);
}

async function expectStopped(stage: Stage, seconds: number): Promise<void> {
  await until(() => podIs(stage.api, 403), 'a pod that is refused', seconds);
  const cron = only(stage.documents, 'RayCronJob').object as Ray;
  const job = {
    ...cron,
    kind: 'RayJob',
    metadata: { name: 'twin', namespace: NEWCOMER },
    spec: cron.spec.jobTemplate,
  };
  const { status, body } = await stage.api.create(job);
  if (status === 201) await stage.api.delete(job);
  assert(
    status === 403 && body.message?.includes('exceeded quota') === true,
    `a RayJob: ${status} ${body.message}`,
  );
}

/** Data is there in every state; the rights of members depend on it. */
async function expectKept(stage: Stage, state: string, opens: boolean, seconds: number): Promise<void> {
  const { api, documents } = stage;
  const { body } = await api.get(only(documents, 'Namespace').object);
  const label = body.metadata?.labels?.['tenantry.dev/state'];
  assert(label === state, `the Namespace is ${label}`);
  assert(body.status.phase === 'Active', `the Namespace is ${body.status.phase}`);
  const home = await api.get(HOME);
  assert(home.status === 200 && home.body.metadata.deletionTimestamp === undefined, 'the home is gone');
  for (const role of ['admins', 'users'] as const) {
    const question = { verb: 'list', group: 'ray.io', resource: 'rayclusters' };
    const subject = subjectOf(stage, role, NEWCOMER);
    await until(
      async () => (await isAllowed(stage, subject, question, NEWCOMER)) === opens || undefined,
      `${role} that may ${opens ? '' : 'not '}look`,
      seconds,
    );
  }
}

function rayCluster({ documents }: Stage): Ray {
  return only(documents, 'RayCluster').object as Ray;
}

async function clusterState(stage: Stage, wanted: string): Promise<true | undefined> {
  const { body } = await stage.api.get(rayCluster(stage));
  return body.status?.state === wanted || undefined;
}

async function noPods(api: Api): Promise<true | undefined> {
  return (await livePods(api, NEWCOMER, '')).length === 0 || undefined;
}

/** Whether a pod of a worker is accepted (201) or refused by a quota (403); it does not stay. */
async function podIs(api: Api, wanted: 201 | 403): Promise<true | undefined> {
  const object = pod(NEWCOMER, { name: 'probe' });
  const { status, body } = await api.create(object);
  if (status === 201) await api.delete(object);
  if (status !== wanted) return undefined;
  assert(status === 201 || body.message?.includes('exceeded quota') === true, `a pod: ${body.message}`);
  return true;
}
