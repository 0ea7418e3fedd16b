import { nodesOf, onDemand, withNodes } from '../nodes';
import type { Stage } from '../scenario';
import { withRun } from './kuberay-schedule';
import { withTokens } from './kuberay-token';
import {
  expectRuns,
  expectTakenBack,
  expectWaits,
  finish,
  type Job,
  type Submit,
  withJobs,
} from './kueue-jobs';
import type { Share } from './kueue-share';
import { expectBorrowed } from './kueue-workloads';

/** Runs on one on-demand node of every kind, and takes away every job that it submitted. */
export function onNodes(stage: Stage, run: (submit: Submit) => Promise<void>): Promise<void> {
  const nodes = nodesOf(stage.documents).filter(({ metadata }) => onDemand(metadata));
  return withNodes(stage, nodes, () => withTokens(stage, () => withJobs(stage, run)));
}

/** One job takes what is guaranteed, a second all that may be borrowed. */
export async function borrows(
  stage: Stage,
  submit: Submit,
  borrower: Share,
  seconds?: number,
): Promise<{ own: Job; borrowing: Job }> {
  const { cron, guaranteed, max } = borrower;
  const own = await submit(cron, 'own', guaranteed);
  await expectRuns(stage, own, seconds);
  const borrowing = await submit(cron, 'borrowing', max - guaranteed);
  await expectRuns(stage, borrowing, seconds);
  await expectBorrowed(stage.api, borrower, max - guaranteed);
  return { own, borrowing };
}

/** Jobs beyond the most that the tenant may use wait, and their Workloads say for what, also after others came. */
export async function waits(
  stage: Stage,
  submit: Submit,
  { cron, type, max }: Share,
  seconds?: number,
): Promise<void> {
  const later = await submit(cron, 'later', 1);
  const room = new RegExp(`insufficient unused quota for nvidia.com/gpu in flavor ${type}, 1 more needed`);
  await expectWaits(stage, later, room, seconds);
  const never = await submit(cron, 'never', max + 1);
  const most = new RegExp(`insufficient quota for nvidia.com/gpu in flavor ${type}.* > maximum capacity`);
  await expectWaits(stage, never, most, seconds);
  await expectWaits(stage, later, room, 1);
  for (const { job } of [never, later]) await stage.api.delete(job);
}

/** A run by the clock of the lender takes the GPUs back; when it ends, the borrower gets them again. */
export function takesBack(stage: Stage, borrowing: Job, { cron }: Share, seconds?: number): Promise<void> {
  return withRun(stage, cron, async (job) => {
    await expectTakenBack(stage, borrowing, 'Preempted', seconds);
    const run = { job, document: cron };
    await expectRuns(stage, run, seconds);
    await finish(stage, run, seconds);
  });
}
