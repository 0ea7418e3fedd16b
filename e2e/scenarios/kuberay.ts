import { nodesOf, withNodes } from '../nodes';
import { kuberay as operator } from '../operators/kuberay';
import { kwok } from '../operators/kwok';
import { scheduler } from '../operators/scheduler';
import { assert, type Scenario, type Stage } from '../scenario';
import { until } from '../wait';
import { expectReady, expectReconciled } from './kuberay-cluster';
import { expectNoWarnings } from './kuberay-events';
import { livePods, nameOf, type Ray, type RayDocument, raysOf } from './kuberay-objects';
import { expectSubmitted, withRun } from './kuberay-schedule';
import { withTokens } from './kuberay-token';

/** What KubeRay makes of every Ray object of dist/, under the quotas and policies of its tenant. */
export const kuberay: Scenario = {
  name: 'kuberay',
  says: 'KubeRay reconciles every RayCluster, RayService and RayCronJob: restricted pods with account, token, place and amounts of dist/; nothing is refused',
  needs: [scheduler, kwok, operator],
  async run(stage) {
    const clusters = raysOf(stage.documents, 'RayCluster', 'RayService');
    const schedules = raysOf(stage.documents, 'RayCronJob');
    assert(
      clusters.length > 0 && schedules.length > 0,
      'dist/ needs a RayCluster or RayService, and a RayCronJob',
    );
    await withNodes(stage, nodesOf(stage.documents), () =>
      withTokens(stage, async () => {
        await Promise.all(clusters.map((document) => reconciles(stage, document)));
        await Promise.all(schedules.map((document) => runs(stage, document)));
        await expectNoWarnings(stage);
      }),
    );
    stage.note(`${clusters.map(({ object }) => nameOf(object)).join(', ')} ready`);
    stage.note(`${schedules.map(({ object }) => nameOf(object)).join(', ')} ran up to the submitter`);
  },
  twins: {
    'a head without security context': (stage) =>
      changed(stage, (spec) => {
        const template = spec.headGroupSpec.template.spec;
        delete template.securityContext;
        delete template.containers[0].securityContext;
      }),
    'an autoscaler without security context': (stage) =>
      changed(stage, (spec) => delete spec.autoscalerOptions.securityContext),
    'a head of another service account': (stage) =>
      changed(stage, (spec) => {
        spec.headGroupSpec.template.spec.serviceAccountName = 'notebook';
      }),
    'a RayCluster without the token': (stage) => changed(stage, (spec) => delete spec.authOptions),
    'a RayJob without a template for its submitter': unsubmitted,
  },
};

async function reconciles(stage: Stage, document: RayDocument): Promise<void> {
  await expectReady(stage.api, await expectReconciled(stage, document));
}

async function runs(stage: Stage, document: RayDocument): Promise<void> {
  await withRun(stage, document, async (job) => {
    await expectReady(stage.api, await expectReconciled(stage, document, job));
    await expectSubmitted(stage, document, job);
  });
}

// biome-ignore lint/suspicious/noExplicitAny: a spec is whatever dist/ has.
type Spec = any;

/** A RayCluster of dist/ under another name, with one thing changed. */
async function changed(stage: Stage, change: (spec: Spec) => void): Promise<void> {
  const [document] = raysOf(stage.documents, 'RayCluster');
  assert(document !== undefined, 'dist/ has no RayCluster');
  const { apiVersion, kind, metadata, spec } = structuredClone(document.object);
  change(spec);
  const twin = { apiVersion, kind, metadata: { ...metadata, name: `${metadata.name}-twin` }, spec };
  await withObject(stage, twin, async () => {
    await expectReconciled(stage, document, twin, 8);
  });
}

async function unsubmitted(stage: Stage): Promise<void> {
  const [document] = raysOf(stage.documents, 'RayCronJob');
  assert(document !== undefined, 'dist/ has no RayCronJob');
  const { apiVersion, metadata, spec } = structuredClone(document.object);
  delete spec.jobTemplate.submitterPodTemplate;
  const { namespace } = metadata;
  const twin = { apiVersion, kind: 'RayJob', metadata: { name: 'twin', namespace }, spec: spec.jobTemplate };
  await withNodes(stage, nodesOf(stage.documents), () =>
    withObject(stage, twin, async (job) => {
      await expectReady(stage.api, await expectReconciled(stage, document, job));
      await expectSubmitted(stage, document, job, 8);
    }),
  );
}

async function withObject({ api }: Stage, object: Ray, run: (made: Ray) => Promise<void>): Promise<void> {
  const { status, body } = await api.create(object);
  assert(status === 201, `${nameOf(object)}: ${status} ${body.message}`);
  try {
    await run({ ...object, ...body } as Ray);
  } finally {
    await api.delete(object);
    const { name, namespace } = object.metadata;
    const pods = `ray.io/cluster=${name}`;
    await until(
      async () => (await livePods(api, namespace, pods)).length === 0 || undefined,
      `no pods of ${name}`,
    );
  }
}
