import type { Stage } from '../scenario';
import { raysOf } from './kuberay-objects';
import { withTokens } from './kuberay-token';
import { expectRuns, expectTakenBack, withJobs } from './kueue-jobs';
import { moveTo, ownOf, removeNewcomer, withNewcomer } from './newcomer';

/** Freezing a tenant takes its job back into the queue; thawing runs it again. */
export async function expectFrozenQueue(
  stage: Stage,
  [text, by]: readonly [text: string, by: string] = ['', ''],
  seconds = 60,
): Promise<void> {
  const active = ownOf(withNewcomer(stage.cluster, 'active'));
  const frozen = ownOf(withNewcomer(stage.cluster, 'frozen')).map((document) => ({
    ...document,
    text: document.text.replace(text, by),
  }));
  const own = { ...stage, documents: active };
  try {
    await moveTo(stage, active, []);
    await withTokens(own, () =>
      withJobs(own, async (submit) => {
        const [cron] = raysOf(active, 'RayCronJob');
        if (cron === undefined) throw new Error('the newcomer has no RayCronJob');
        const job = await submit(cron, 'running');
        await expectRuns(own, job);
        await moveTo(stage, frozen, active);
        await expectTakenBack(own, job, 'ClusterQueueStopped', seconds);
        await moveTo(stage, active, frozen);
        await expectRuns(own, job);
      }),
    );
  } finally {
    await removeNewcomer(stage, active);
  }
}
