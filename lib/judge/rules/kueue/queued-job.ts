import { isDns1123Subdomain } from '../../names';
import type { Rule } from '../rule';

/** The label that gives a job to a queue. */
export const QUEUE = 'kueue.x-k8s.io/queue-name';
const SECONDS = 'kueue.x-k8s.io/max-exec-time-seconds';

/** What labels ask of Kueue (ValidateJobOnCreate in pkg/controller/jobframework of Kueue v0.19.2). */
export const queuedJob: Rule<{ readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } }> =
  {
    id: 'queued-job',
    class: 'controller',
    kinds: ['batch/v1/Job', 'ray.io/v1/RayCluster', 'ray.io/v1/RayJob', 'ray.io/v1/RayService'],
    check({ metadata: { labels = {} } = {} }, tell) {
      const { [QUEUE]: queue, [SECONDS]: seconds } = labels;
      const problem = queue === undefined ? undefined : isDns1123Subdomain(queue);
      if (problem !== undefined) tell(['metadata', 'labels', QUEUE], problem);
      if (seconds !== undefined && !(/^\+?[0-9]+$/.test(seconds) && Number(seconds) > 0))
        tell(['metadata', 'labels', SECONDS], 'must be a number more than 0');
    },
  };
