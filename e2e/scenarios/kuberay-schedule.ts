import { assert, type Stage } from '../scenario';
import { templatesOf } from '../templates';
import { until } from '../wait';
import { livePods, nameOf, type Ray, type RayDocument } from './kuberay-objects';
import { faultsOf } from './kuberay-pods';
import { tokenOf } from './kuberay-token';

const HOUR = 3_600_000;

/**
 * Runs while KubeRay has made a RayJob of a RayCronJob, whose last run looks to be long ago. It may make a second one
 * (1.6.2: the event of the first finds the old `lastScheduleTime` in its cache); at the end all of them go.
 */
export async function withRun(
  { api }: Stage,
  { object }: RayDocument,
  run: (job: Ray) => Promise<void>,
): Promise<void> {
  const { apiVersion, metadata, spec } = object;
  const runsOf = async () => {
    const jobs = await api.list<Ray>({ apiVersion, kind: 'RayJob', namespace: metadata.namespace });
    return jobs
      .filter((one) => isOwnedBy(one, metadata.name))
      .map((one) => ({ ...one, apiVersion, kind: 'RayJob' }));
  };
  const job = await firstRun(
    // Where the clock changes, a run can be skipped: then an earlier one counts.
    [1, 2].map((times) => times * periodOf(spec.schedule)),
    async (age) => {
      const lastScheduleTime = new Date(Date.now() - age).toISOString().replace(/\.\d+/, '');
      const { status, body } = await api.patch(object, { status: { lastScheduleTime } }, 'status');
      assert(status === 200, `${nameOf(object)}: ${status} ${body.message}`);
      return until(async () => (await runsOf())[0], `a RayJob of ${nameOf(object)}`, 10);
    },
  );
  try {
    await run(job);
  } finally {
    for (const one of await runsOf()) await api.delete(one);
  }
}

async function firstRun(ages: readonly number[], make: (age: number) => Promise<Ray>): Promise<Ray> {
  const [age = 0, ...others] = ages;
  return others.length === 0 ? make(age) : make(age).catch(() => firstRun(others, make));
}

/** Time between two runs, of a schedule with one run a day, a week, or less often. */
function periodOf(schedule: string): number {
  const [, , dayOfMonth, month, dayOfWeek] = schedule.split(' ');
  if (month !== '*') return 366 * 24 * HOUR;
  if (dayOfMonth !== '*') return 31 * 24 * HOUR;
  return (dayOfWeek === '*' ? 1 : 7) * 24 * HOUR;
}

function isOwnedBy({ metadata }: Ray, name: string): boolean {
  return (metadata.ownerReferences ?? []).some((owner) => owner.kind === 'RayCronJob' && owner.name === name);
}

/** The RayJob waits in a queue of its tenant, and the pod that submits it is the one of the template. */
export async function expectSubmitted(
  { api, documents }: Stage,
  document: RayDocument,
  job: Ray,
  seconds = 60,
): Promise<void> {
  const { name, namespace } = job.metadata;
  const queue = job.metadata.labels?.['kueue.x-k8s.io/queue-name'];
  const queues = documents.filter(
    ({ object }) => object.kind === 'LocalQueue' && object.metadata.namespace === namespace,
  );
  assert(
    queues.some(({ object }) => object.metadata.name === queue),
    `${nameOf(job)} waits in the queue ${queue}`,
  );
  const submitter = templatesOf([document]).find((one) => one.name.endsWith('-submitter'));
  assert(submitter !== undefined, `${nameOf(document.object)} has no template for its submitter`);
  await until(
    async () => {
      const [pod] = await livePods(api, namespace, `batch.kubernetes.io/job-name=${name}`);
      const why = pod === undefined ? await refusalOf({ api }, job) : '';
      assert(pod !== undefined, `${nameOf(job)} has no pod that submits it:\n${why}`);
      const faults = faultsOf(pod, submitter.template, tokenOf(documents, namespace));
      assert(faults.length === 0, [`${nameOf(job)}, submitter:`, ...faults].join('\n'));
      return true;
    },
    `the submitter of ${nameOf(job)}`,
    seconds,
  );
}

async function refusalOf({ api }: Pick<Stage, 'api'>, { metadata }: Ray): Promise<string> {
  const events = await api.list({ apiVersion: 'v1', kind: 'Event', namespace: metadata.namespace });
  const own = events.filter(
    ({ involvedObject, type }) => involvedObject.name === metadata.name && type === 'Warning',
  );
  return own.map(({ message }) => message).join('\n') || 'nothing says why';
}
