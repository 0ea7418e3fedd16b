import type { Answer } from '../api';
import { assert, type Scenario, type Stage } from '../scenario';
import { type PodOptions, pod } from './pod';
import { grantOf, isolated, otherTypes } from './quota';
import { withoutObject } from './without';

/** GPU type, node selector and priority class go together, whoever makes the pod. */
export const gpuType: Scenario = {
  name: 'gpu-type',
  says: 'a GPU pod names a granted type and has its priority class; other pods cannot have such a class',
  async run(stage) {
    const { namespace, type } = grantOf(stage);
    const other = otherTypes(stage, type)[0] ?? '';
    const granted = { gpus: 1, gpuType: type, priorityClassName: `tenant-gpu-${type}` };
    await isolated(stage, namespace, async (api) => {
      const make = (options: PodOptions) => api.create(pod(namespace, options));
      await expectAnswer(make({ name: 'granted', ...granted }), 201);
      await expectAnswer(make({ name: 'cpu' }), 201);
      await expectAnswer(
        make({ ...granted, name: 'no-type', gpuType: 'none' }),
        422,
        'needs the node selector',
      );
      await expectAnswer(
        make({ ...granted, name: 'not-granted', gpuType: other }),
        422,
        `with a granted type: ${type}`,
      );
      await expectAnswer(
        make({ ...granted, name: 'wrong-class', priorityClassName: 'tenant-cpu' }),
        422,
        `needs the priority class tenant-gpu-${type}`,
      );
      await expectAnswer(
        make({ name: 'cpu-in-gpu-class', priorityClassName: `tenant-gpu-${type}` }),
        422,
        'without GPUs cannot have the priority class',
      );
    });
  },
  twins: {
    'the policy is gone': (stage: Stage) =>
      withoutObject(stage, 'ValidatingAdmissionPolicyBinding', 'tenantry-gpu-type', () => gpuType.run(stage)),
  },
};

async function expectAnswer(answer: Promise<Answer>, status: number, reason = ''): Promise<void> {
  const { status: got, body } = await answer;
  const matches = got === status || (status === 422 && got === 403);
  assert(
    matches && (body.message ?? '').includes(reason),
    `expected ${status} ${reason}, got ${got}: ${body.message}`,
  );
}
