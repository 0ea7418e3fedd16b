import { load } from 'js-yaml';
import type { Body, Reference } from '../api';
import { tenantsOf } from '../dist';
import { kuberay } from '../operators/kuberay';
import { type Helper, withHelper } from '../ray/job-helper';
import type { Outcome } from '../ray/process';
import { assert, type Scenario, type Stage } from '../scenario';
import { until } from '../wait';
import { withTokens } from './kuberay-token';
import { withoutObject } from './without';

const NAME = 'of-a-notebook';
const SUBMIT = ['submit', '--name', NAME, '--', 'python', 'train.py', '--note', 'two words'];

/** The helper of notebooks, with the rights and the template of dist/. */
export const tenantryJob: Scenario = {
  name: 'tenantry-job',
  says: 'a notebook submits, lists, sees and deletes RayJobs in the queue of its tenant, and in no other; no other account of the tenant does',
  needs: [kuberay],
  async run(stage) {
    const tenant = submitterIn(stage);
    // Without the token KubeRay neither starts a job nor lets a deleted one go.
    await withTokens(stage, () =>
      withHelper(stage, { tenant, name: 'notebook' }, tenant, async (helper) => {
        await expectSubmits(stage, tenant, helper);
        await expectForgets(helper);
      }),
    );
    const other = tenantsOf(stage.documents).find((name) => name !== tenant) ?? '';
    await withHelper(stage, { tenant, name: 'notebook' }, other, (helper) => expectForbidden(helper, 'list'));
    await withHelper(stage, { tenant, name: 'ray-worker' }, tenant, (helper) =>
      expectForbidden(helper, ...SUBMIT),
    );
  },
  twins: {
    'no policy puts jobs into the queue': (stage) =>
      withoutObject(stage, 'MutatingAdmissionPolicyBinding', 'tenantry-job-queue', () =>
        submits(stage, 'notebook'),
      ),
    'a worker is expected to submit': (stage) => submits(stage, 'ray-worker'),
  },
};

/** A tenant with a template of jobs. */
function submitterIn({ documents }: Stage): string {
  const found = documents.find(
    ({ object }) => object.kind === 'ConfigMap' && object.metadata.name === 'tenantry-jobs',
  );
  assert(found !== undefined, 'dist/ has no template of jobs');
  return found.object.metadata.namespace ?? '';
}

async function submits(stage: Stage, name: string): Promise<void> {
  const tenant = submitterIn(stage);
  try {
    await withHelper(stage, { tenant, name }, tenant, (helper) => expectSubmits(stage, tenant, helper));
  } finally {
    await stage.api.delete(jobIn(tenant));
  }
}

async function expectSubmits({ api }: Stage, tenant: string, helper: Helper): Promise<void> {
  expectCode(await helper(...SUBMIT), 0);
  const { body } = await api.get(jobIn(tenant));
  const label = body.metadata?.labels?.['kueue.x-k8s.io/queue-name'];
  assert(label === 'jobs', `the queue of the job is ${label}`);
  assert(body.spec.entrypoint === "python train.py --note 'two words'", `entrypoint ${body.spec.entrypoint}`);
  await expectImage({ api }, tenant, body);
  await until(async () => {
    const { output } = await helper('status', NAME);
    return output === 'starting its Ray cluster\n' || undefined;
  }, 'KubeRay to start the cluster of the job');
  const listed = await helper('list');
  assert(listed.output.startsWith(`${NAME}\tada\t`), `list:\n${listed.output}`);
}

/** Everything of the job runs the default image, and says its Ray version. */
async function expectImage({ api }: Pick<Stage, 'api'>, namespace: string, { spec }: Body): Promise<void> {
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'tenantry-jobs', namespace } };
  const { image, images } = load((await api.get(map)).body.data['template.yaml']) as Body;
  const { headGroupSpec, workerGroupSpecs, rayVersion } = spec.rayClusterSpec;
  const pods = [
    headGroupSpec.template,
    spec.submitterPodTemplate,
    ...workerGroupSpecs.map((group: Body) => group.template),
  ];
  const used = new Set(pods.map((pod: Body) => pod.spec.containers[0].image));
  assert(
    used.size === 1 && used.has(images[image].image) && rayVersion === images[image].ray,
    `images ${[...used].join(', ')} with Ray ${rayVersion}`,
  );
}

async function expectForgets(helper: Helper): Promise<void> {
  expectCode(await helper('delete', NAME), 0);
  await until(async () => (await helper('status', NAME)).code === 1 || undefined, 'the job to be gone');
}

async function expectForbidden(helper: Helper, ...args: string[]): Promise<void> {
  const outcome = await helper(...args);
  expectCode(outcome, 1);
  assert(outcome.output.includes('is forbidden'), `expected to be forbidden:\n${outcome.output}`);
}

function expectCode({ code, output }: Outcome, wanted: number): void {
  assert(code === wanted, `exit code ${code} instead of ${wanted}:\n${output}`);
}

function jobIn(namespace: string): Reference {
  return { apiVersion: 'ray.io/v1', kind: 'RayJob', metadata: { name: NAME, namespace } };
}
