import type { Body } from '../api';
import { assert, type Scenario, type Stage } from '../scenario';
import { raysOf } from './kuberay-objects';
import { expectFrozenQueue } from './kueue-frozen';
import { expectInteractive } from './kueue-interactive';
import { expectRuns, finish, type Submit } from './kueue-jobs';
import { type Share, sharesOf } from './kueue-share';
import { borrows, onNodes, takesBack, waits } from './kueue-steps';
import { GPU } from './pod';
import { withChanged, withoutObject } from './without';

/** Seconds within which a twin would have to come true. */
const SOON = 12;

/** One object of dist/ is another one, and what was promised of the queues does not hold. */
export const twins: Scenario['twins'] = {
  'a queue that may not borrow': (stage) =>
    changed(
      stage,
      ({ namespace }) => ({ kind: 'ClusterQueue', name: namespace }),
      (spec, { type }) => {
        for (const resource of flavorOf(spec, type).resources) resource.borrowingLimit = '0';
      },
      async (submit, { borrower }) => void (await borrows(stage, submit, borrower, SOON)),
    ),
  'a quota of what is guaranteed': (stage) =>
    changed(
      stage,
      ({ namespace, type }) => ({ kind: 'ResourceQuota', name: `tenant-gpu-${type}`, namespace }),
      (spec, { guaranteed }) => {
        spec.hard[`requests.${GPU}`] = String(guaranteed);
      },
      async (submit, { borrower }) => void (await borrows(stage, submit, borrower, SOON)),
    ),
  'a flavor of other nodes': (stage) =>
    changed(
      stage,
      ({ type }) => ({ kind: 'ResourceFlavor', name: type }),
      (spec) => {
        spec.nodeLabels['tenantry.dev/gpu-type'] = 'other';
      },
      async (submit, { borrower }) => void (await borrows(stage, submit, borrower, SOON)),
    ),
  'CPU nodes as the first flavor': (stage) =>
    changed(
      stage,
      ({ namespace }) => ({ kind: 'ClusterQueue', name: namespace }),
      (spec) => spec.resourceGroups[0].flavors.reverse(),
      async (submit, { borrower }) => {
        await borrows(stage, submit, borrower);
        await waits(stage, submit, borrower, SOON);
      },
    ),
  'jobs without the label of a queue': (stage) =>
    withoutObject(stage, 'MutatingAdmissionPolicyBinding', 'tenantry-job-queue', () =>
      onNodes(stage, (submit) => waits(stage, submit, sharesOf(stage.documents).borrower, SOON)),
    ),
  'a lender that takes nothing back': (stage) =>
    changed(
      stage,
      (_, { namespace }) => ({ kind: 'ClusterQueue', name: namespace }),
      (spec) => {
        spec.preemption.reclaimWithinCohort = 'Never';
      },
      async (submit, { borrower, lender }) => {
        const { borrowing } = await borrows(stage, submit, borrower);
        await takesBack(stage, borrowing, lender, SOON);
      },
    ),
  'a job that keeps its cluster': (stage) =>
    changed(
      stage,
      () => ({ kind: 'MutatingAdmissionPolicy', name: 'tenantry-job-queue' }),
      ({ mutations: [{ applyConfiguration }] }) => {
        applyConfiguration.expression = applyConfiguration.expression.replace(
          'Finished: 0',
          'Finished: 9999',
        );
      },
      async (submit, { borrower }) => {
        const job = await submit(borrower.cron, 'kept');
        await expectRuns(stage, job);
        await finish(stage, job, SOON);
      },
    ),
  'a Ray cluster that is suspended, as Kueue would': (stage) => {
    const { borrower, lender } = sharesOf(stage.documents);
    const namespaces = [borrower.namespace, lender.namespace];
    return withChanged(
      stage,
      rayClusterIn(stage, namespaces),
      (spec) => {
        spec.suspend = true;
      },
      () => onNodes(stage, () => expectInteractive(stage, namespaces, SOON)),
    );
  },
  'a frozen queue that is not stopped': (stage) =>
    onNodes(stage, () => expectFrozenQueue(stage, ['stopPolicy: HoldAndDrain', 'stopPolicy: None'], SOON)),
};

type Shares = ReturnType<typeof sharesOf>;

/** Runs with one object of dist/ changed. */
function changed(
  stage: Stage,
  object: (borrower: Share, lender: Share) => Parameters<typeof withChanged>[1],
  // biome-ignore lint/suspicious/noExplicitAny: a spec is whatever dist/ has.
  change: (spec: any, borrower: Share) => void,
  run: (submit: Submit, shares: Shares) => Promise<void>,
): Promise<void> {
  const shares = sharesOf(stage.documents);
  const { borrower, lender } = shares;
  return withChanged(
    stage,
    object(borrower, lender),
    (spec) => change(spec, borrower),
    () => onNodes(stage, (submit) => run(submit, shares)),
  );
}

function flavorOf(spec: Body, type: string): Body {
  return spec.resourceGroups[0].flavors.find(({ name }: Body) => name === type);
}

function rayClusterIn({ documents }: Stage, namespaces: readonly string[]) {
  const found = raysOf(documents, 'RayCluster').find(({ object }) =>
    namespaces.includes(object.metadata.namespace),
  );
  assert(found !== undefined, `${namespaces} have no RayCluster`);
  const { kind, metadata } = found.object;
  return { kind, name: metadata.name, namespace: metadata.namespace };
}
