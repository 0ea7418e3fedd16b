import { kuberay } from '../operators/kuberay';
import { rulesAgainst } from '../ray/check';
import { type Place, withRay } from '../ray/cluster';
import { IMAGE, MISFITS, versionOf } from '../ray/environments';
import { expectAnswer, expectExamples, expectLockedOut, expectMisfit } from '../ray/expect';
import { notebookOf } from '../ray/notebook';
import { environmentOf, interpreter } from '../ray/python';
import { expectServer } from '../ray/server';
import { assert, reasonOf, type Scenario, type Stage } from '../scenario';
import { nameOf, type Ray, raysOf } from './kuberay-objects';
import { withTokens } from './kuberay-token';
import { withoutObject } from './without';

/** Ray itself, of the image's own requirements, started from the pods that KubeRay makes of a RayCluster of dist/. */
export const ray: Scenario = {
  name: 'ray',
  says: 'a notebook with the token works on a real Ray head and worker of a RayCluster of dist/, shows its dashboard and runs the examples; without the token, or with another Ray or Python, it does not',
  needs: [kuberay],
  once: true,
  lacks: () => reasonOf(() => [IMAGE, ...Object.values(MISFITS)].map(({ python }) => interpreter(python))),
  async run(stage) {
    stage.note(
      `Ray ${versionOf('ray')}, PyTorch ${versionOf('torch')}, JupyterHub ${versionOf('jupyterhub')}, Python ${IMAGE.python}`,
    );
    await onRay(stage, unchanged, async (place, notebook) => {
      await expectAnswer(place.environment, notebook);
      await expectLockedOut(place, notebook);
      await expectServer(place, notebook);
      for (const misfit of Object.values(MISFITS)) await expectMisfit(misfit, notebook, stage.note);
      await expectExamples(place, notebook);
    });
    for (const misfit of Object.values(MISFITS)) expectRefused(misfit);
  },
  twins: {
    'a RayCluster without the token, and no policy that refuses it': (stage) =>
      withoutObject(stage, 'ValidatingAdmissionPolicyBinding', 'tenantry-ray-access', () =>
        onRay(stage, withoutToken, expectLockedOut),
      ),
    'a notebook without the token, expected to show the dashboard': (stage) =>
      onRay(stage, unchanged, (place, { RAY_AUTH_TOKEN_PATH, ...notebook }) => expectServer(place, notebook)),
    'the versions of the image, expected to be refused by the check': async () =>
      expectRefused({ ray: versionOf('ray'), python: IMAGE.python }),
  },
};

const unchanged = () => {};
const withoutToken = ({ spec }: Ray) => {
  delete spec.authOptions;
};

/** tenantry check would not have let the pair of notebook and Ray cluster in. */
function expectRefused(versions: { readonly ray: string; readonly python: string }): void {
  const rules = rulesAgainst(versions);
  assert(
    rules.includes('ray-client-version'),
    `Ray ${versions.ray} and Python ${versions.python}: no ray-client-version, but ${rules.join(', ')}`,
  );
}

/** Runs beside Ray of the first RayCluster of dist/, with one worker as the autoscaler would ask for it. */
async function onRay(
  stage: Stage,
  change: (cluster: Ray) => void,
  run: (place: Place, notebook: NodeJS.ProcessEnv) => Promise<void>,
): Promise<void> {
  const { api, documents, note } = stage;
  const environment = environmentOf(IMAGE, note);
  const [document] = raysOf(documents, 'RayCluster');
  assert(document !== undefined, 'dist/ has no RayCluster');
  const { apiVersion, kind, metadata, spec } = structuredClone(document.object);
  const { namespace } = metadata;
  const cluster: Ray = { apiVersion, kind, metadata: { name: `${metadata.name}-e2e`, namespace }, spec };
  spec.workerGroupSpecs[0].replicas = 1;
  change(cluster);
  await withTokens(stage, async () => {
    const { status, body } = await api.create(cluster);
    assert(status === 201, `${nameOf(cluster)}: ${status} ${body.message}`);
    try {
      await withRay(api, cluster, environment, (place) =>
        run(place, notebookOf(documents, namespace, place, 'e2e')),
      );
    } finally {
      await api.delete(cluster);
    }
  });
}
