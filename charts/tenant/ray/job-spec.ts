import type { RayJobSpec } from '../../../imports/ray.io';
import type { Placement, RaySchedule } from '../../../lib/model/platform';
import { fixedSpec } from './cluster-spec';
import { submitterTemplate } from './pod';

type Job = Pick<RaySchedule, 'image' | 'head' | 'workers' | 'timeoutSeconds'>;

/** A job with a cluster of its own, as the queue admits it whole; what runs is not in it yet. */
export function jobSpec(placement: Placement, job: Job): RayJobSpec {
  return {
    activeDeadlineSeconds: job.timeoutSeconds,
    shutdownAfterJobFinishes: true,
    // As the policy tenantry-job-queue writes it into every RayJob.
    ttlSecondsAfterFinished: 0,
    backoffLimit: 0,
    submissionMode: 'K8sJobMode',
    submitterPodTemplate: submitterTemplate(placement, job.image),
    rayClusterSpec: fixedSpec(placement, job),
  };
}
