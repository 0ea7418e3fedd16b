import type { Body, Reference } from '../api';
import type { Document } from '../dist';
import { assert } from '../scenario';
import { clusterSpecOf, type RayDocument, raysOf } from './kuberay-objects';
import { GPU } from './pod';

/** What the queue of a tenant has of a GPU type, and a RayCronJob of the tenant that uses it. */
export interface Share {
  readonly namespace: string;
  readonly type: string;
  readonly cohort: string;
  readonly cron: RayDocument;
  /** GPUs that its jobs always get. */
  readonly guaranteed: number;
  /** GPUs that its jobs get where others leave room. */
  readonly max: number;
}

/** Two tenants of dist/ that lend each other GPUs: one borrows all it may, the other can then take back what is its own. */
export function sharesOf(documents: readonly Document[]): { borrower: Share; lender: Share } {
  const shares = raysOf(documents, 'RayCronJob').flatMap((cron) => shareOf(documents, cron) ?? []);
  for (const borrower of shares) {
    const lender = shares.find(
      ({ namespace, type, cohort, guaranteed }) =>
        namespace !== borrower.namespace &&
        type === borrower.type &&
        cohort === borrower.cohort &&
        guaranteed === borrower.max - borrower.guaranteed,
    );
    if (lender !== undefined && borrower.guaranteed > 0) return { borrower, lender };
  }
  throw new Error('dist/ has no two tenants with schedules that lend each other GPUs of one type');
}

function shareOf(documents: readonly Document[], cron: RayDocument): Share | undefined {
  const { namespace } = cron.object.metadata;
  const queue = documents.find(
    ({ object: { kind, metadata } }) => kind === 'ClusterQueue' && metadata.name === namespace,
  )?.object as (Reference & Body) | undefined;
  assert(queue !== undefined, `dist/ has no ClusterQueue ${namespace}`);
  const type = gpuGroupOf(cron)?.template.spec.nodeSelector['tenantry.dev/gpu-type'];
  const [{ flavors }] = queue.spec.resourceGroups;
  const flavor: Body | undefined = flavors.find(({ name }: Body) => name === type);
  if (flavor === undefined) return undefined;
  const { nominalQuota, borrowingLimit } = flavor.resources.find(({ name }: Body) => name === GPU);
  const guaranteed = Number(nominalQuota);
  const max = guaranteed + Number(borrowingLimit);
  return { namespace, type, cohort: queue.spec.cohortName, cron, guaranteed, max };
}

/** The first worker group with GPUs. Default: none. */
export function gpuGroupOf({ object }: RayDocument): Body | undefined {
  const groups: Body[] = clusterSpecOf(object).workerGroupSpecs;
  return groups.find(({ template }) => template.spec.containers[0].resources.limits[GPU] !== undefined);
}
