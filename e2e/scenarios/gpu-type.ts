import { expectRefusal, expectStatus } from '../expect';
import type { Scenario, Stage } from '../scenario';
import { type PodOptions, pod } from './pod';
import { grantOf, isolated, otherTypes } from './quota';
import { withoutObject } from './without';

/** GPU type, node selector and priority class go together, whoever makes the pod. */
export const gpuType: Scenario = {
  name: 'gpu-type',
  says: 'a GPU pod names a granted type and has its priority class; other pods cannot have such a class',
  async run(stage) {
    const { namespace, type } = grantOf(stage);
    const other = otherTypes(stage.documents, namespace)[0] ?? '';
    const granted = { gpus: 1, gpuType: type, priorityClassName: `tenant-gpu-${type}` };
    await isolated(stage, namespace, async (api) => {
      const make = (options: PodOptions) => api.create(pod(namespace, options));
      await expectStatus(make({ name: 'granted', ...granted }), 201);
      await expectStatus(make({ name: 'cpu' }), 201);
      await expectRefusal(make({ ...granted, name: 'no-type', gpuType: 'none' }), 'needs the node selector');
      // By the policy of GPU types or by that of node selectors, whichever is asked first.
      await expectRefusal(make({ ...granted, name: 'not-granted', gpuType: other }), 'granted');
      await expectRefusal(
        make({ ...granted, name: 'wrong-class', priorityClassName: 'tenant-cpu' }),
        `needs the priority class tenant-gpu-${type}`,
      );
      await expectRefusal(
        make({ name: 'cpu-in-gpu-class', priorityClassName: `tenant-gpu-${type}` }),
        'without GPUs cannot have the priority class',
      );
    });
  },
  twins: {
    'the policy is gone': (stage: Stage) =>
      withoutObject(stage, 'ValidatingAdmissionPolicyBinding', 'tenantry-gpu-type', () => gpuType.run(stage)),
  },
};
