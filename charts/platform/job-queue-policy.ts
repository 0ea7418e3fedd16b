import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding } from '../../imports/core';
import { LABEL, LOCAL_QUEUE } from '../../lib/model/names';
import { platformLabels } from '../labels';
import { addObject } from '../object';

const NAME = 'tenantry-job-queue';
const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';

/** Queue of a RayJob, and no time that its cluster stays after the end. */
const QUEUED = `Object{
  metadata: Object.metadata{labels: {"${QUEUE_LABEL}": "${LOCAL_QUEUE}"}},
  spec: Object.spec{ttlSecondsAfterFinished: 0}
}`;

/**
 * Every RayJob of a tenant waits in the tenant's queue. A RayCronJob cannot label the RayJobs that it makes
 * (KubeRay 1.7, constructRayJob), so without this policy schedules would run past the quota of others.
 *
 * Its cluster goes when it ends. Kueue then takes its quota for free (0.19.2, RayJob.Finished), while KubeRay would
 * keep the pods until ttlSecondsAfterFinished: the next job would be admitted, and its pods refused.
 */
export class JobQueuePolicyChart extends Chart {
  constructor(scope: Construct) {
    super(scope, 'job-queue-policy', { labels: platformLabels('admission') });
    addObject<MutatingAdmissionPolicy>(this, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingAdmissionPolicy',
      metadata: { name: NAME },
      spec: {
        failurePolicy: 'Fail',
        reinvocationPolicy: 'Never',
        matchConstraints: {
          matchPolicy: 'Equivalent',
          namespaceSelector: { matchExpressions: [{ key: LABEL.tenant, operator: 'Exists' }] },
          objectSelector: {},
          resourceRules: [
            {
              apiGroups: ['ray.io'],
              apiVersions: ['v1'],
              resources: ['rayjobs'],
              operations: ['CREATE'],
              scope: '*',
            },
          ],
        },
        mutations: [
          {
            patchType: 'ApplyConfiguration',
            applyConfiguration: { expression: QUEUED },
          },
        ],
      },
    });
    addObject<MutatingAdmissionPolicyBinding>(this, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingAdmissionPolicyBinding',
      metadata: { name: NAME },
      spec: { policyName: NAME },
    });
  }
}
