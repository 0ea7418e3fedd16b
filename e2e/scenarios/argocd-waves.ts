import { NAMESPACE } from '../../lib/model/names';
import { assert, type Scenario, type Stage } from '../scenario';
import { until } from '../wait';
import { applications, refresh, statusOf } from './argocd-applications';
import { ARGOCD, bootstrap, bringNode, installed, PLATFORM } from './argocd-install';

export const argocdWaves: Scenario = {
  name: 'argocd-waves',
  says: 'from an empty cluster by sync alone: CRDs, operators, their objects, tenants',
  needs: ARGOCD,
  once: true,
  async run(stage) {
    const revision = await bootstrap(stage);
    await expectWaiting(stage);
    const start = Date.now();
    await bringNode(stage);
    stage.note(`kuberay after ${(Date.now() - start) / 1000}`);
    await installed(stage, revision);
    stage.note(`installed after ${(Date.now() - start) / 1000}`);
  },
  twins: {},
};

async function expectWaiting({ api }: Stage): Promise<void> {
  const message = await until(async () => {
    const { operationState } = await statusOf(api, PLATFORM);
    return operationState?.message?.includes('waiting for healthy state')
      ? operationState.message
      : undefined;
  }, 'the platform to wait');
  console.log(message);
}
void NAMESPACE;
void assert;
void applications;
void refresh;
