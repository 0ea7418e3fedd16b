import type { Body, Reference } from '../api';
import { assert, type Scenario, type Stage } from '../scenario';
import { withoutObject } from './without';

const QUEUE = 'kueue.x-k8s.io/queue-name';

/** A RayCronJob cannot label its RayJobs, so the API server does: every RayJob waits in its tenant's queue, and leaves nothing. */
export const jobQueue: Scenario = {
  name: 'job-queue',
  says: 'a RayJob made from a RayCronJob of dist/ gets the queue label of the tenant, and its cluster goes when it ends',
  async run({ api, documents }) {
    const cron = documents.find(({ object }) => object.kind === 'RayCronJob')?.object as
      | (Reference & Body)
      | undefined;
    assert(cron !== undefined, 'dist/ has no RayCronJob');
    const { namespace } = cron.metadata as { namespace: string };
    const job = {
      apiVersion: 'ray.io/v1',
      kind: 'RayJob',
      metadata: { name: `${cron.metadata?.name}-run`, namespace },
      spec: { ...cron.spec.jobTemplate, ttlSecondsAfterFinished: 3600 },
    };
    try {
      const { status, body } = await api.create(job);
      assert(status === 201, `RayJob: ${status} ${body.message}`);
      const label = body.metadata?.labels?.[QUEUE];
      assert(label === 'jobs', `RayJob: the label ${QUEUE} is ${label}`);
      const seconds = body.spec.ttlSecondsAfterFinished;
      assert(seconds === 0, `RayJob: its cluster stays for ${seconds} s after the end`);
    } finally {
      await api.delete(job);
    }
  },
  twins: {
    'the policy is gone': (stage: Stage) =>
      withoutObject(stage, 'MutatingAdmissionPolicyBinding', 'tenantry-job-queue', () => jobQueue.run(stage)),
  },
};
