import { kuberay } from '../operators/kuberay';
import { kueue as operator } from '../operators/kueue';
import { endlessKwok } from '../operators/kwok';
import { scheduler } from '../operators/scheduler';
import { reasonOf, type Scenario } from '../scenario';
import { expectFrozenQueue } from './kueue-frozen';
import { expectInteractive } from './kueue-interactive';
import { expectRuns } from './kueue-jobs';
import { sharesOf } from './kueue-share';
import { borrows, onNodes, takesBack, waits } from './kueue-steps';
import { twins } from './kueue-twins';

/** Queued jobs of two tenants that lend each other GPUs, beside what they use by hand. */
export const kueue: Scenario = {
  name: 'kueue',
  says: 'a queued job borrows idle GPUs of another tenant under all quotas and policies, and the lender takes them back; what does not fit waits and says why; notebooks and Ray clusters are not queued; a frozen tenant runs no job',
  needs: [scheduler, endlessKwok, kuberay, operator],
  once: true,
  lacks: (_, documents) => reasonOf(() => sharesOf(documents)),
  async run(stage) {
    const { borrower, lender } = sharesOf(stage.documents);
    await onNodes(stage, async (submit) => {
      const { own, borrowing } = await borrows(stage, submit, borrower);
      await waits(stage, submit, borrower);
      await expectInteractive(stage, [borrower.namespace, lender.namespace]);
      await takesBack(stage, borrowing, lender);
      await expectRuns(stage, borrowing);
      await expectRuns(stage, own);
    });
    await onNodes(stage, () => expectFrozenQueue(stage));
    const lent = `${borrower.max - borrower.guaranteed} ${borrower.type} GPUs`;
    stage.note(`${borrower.namespace} borrowed ${lent} of ${lender.namespace}, which took them back`);
  },
  twins,
};
