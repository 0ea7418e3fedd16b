import { workloads } from '../../lib/model/names';
import { assert, type Scenario, type Stage } from '../scenario';
import { expectStatus, PATIENCE_SECONDS, refresh, synced, TWIN_SECONDS } from './argocd-applications';
import { type Change, replacing, withCommit } from './argocd-git';
import { ARGOCD, ready, TENANTS } from './argocd-install';
import { raysOf } from './kuberay-objects';

/** One RayCluster can never start; what others commit is synced all the same. */
export const argocdStuck: Scenario = {
  name: 'argocd-stuck',
  says: 'a RayCluster that waits for a node is healthy; one that its quota refuses is degraded, and holds up neither the root nor another tenant',
  needs: ARGOCD,
  once: true,
  run: (stage) => stick(stage, PATIENCE_SECONDS),
  twins: {
    'tenants one after another, in waves': (stage) =>
      stick(stage, TWIN_SECONDS, (stuck, other) => [
        inWave(`argocd/${stuck}.yaml`, 0),
        inWave(`argocd/${other}.yaml`, 1),
      ]),
  },
};

async function stick(
  stage: Stage,
  seconds: number,
  more: (stuck: string, other: string) => Change[] = () => [],
): Promise<void> {
  const { api, documents } = stage;
  await ready(stage);
  const [stuck = '', other = ''] = new Set(
    raysOf(documents, 'RayCluster', 'RayService').map(({ object }) => object.metadata.namespace),
  );
  const [ray] = raysOf(documents, 'RayCluster').filter(({ object }) => object.metadata.namespace === stuck);
  assert(ray !== undefined && other !== '', 'dist/ needs two tenants with Ray, the first with a RayCluster');
  const healthy = await expectStatus(
    api,
    workloads(stuck),
    ({ health }) => health.status === 'Healthy',
    'to be healthy',
  );
  stage.note(`${workloads(stuck)} before: ${healthy.health.status}`);
  const tooLarge = replacing(ray.path, /^ {16}cpu: .*$/gm, '                cpu: "9999"');
  const described = `seen while ${stuck} is stuck`;
  const changes = [
    tooLarge,
    replacing(`argocd/${other}.yaml`, /^ {2}description: .*$/gm, `  description: ${described}`),
  ];
  const names = [TENANTS, workloads(stuck), other];
  await withCommit(stage, [tooLarge, ...more(stuck, other)], names, async () => {
    await refresh(api, [workloads(stuck)]);
    await expectStatus(api, workloads(stuck), ({ health }) => health.status === 'Degraded', 'to be degraded');
    await withCommit(stage, [...changes, ...more(stuck, other)], names, async (revision) => {
      await synced(api, [TENANTS, other], revision, seconds);
    });
  });
}

function inWave(path: string, wave: number): Change {
  return replacing(
    path,
    /^ {2}annotations:$/gm,
    `  annotations:\n    argocd.argoproj.io/sync-wave: "${wave}"`,
  );
}
