import type { Pointer } from '../../../issue';
import { isQualifiedName } from '../../names';
import { parseQuantity } from '../../quantity';
import { items } from '../path';
import type { Rule, Tell } from '../rule';

interface Quota {
  readonly name: string;
  readonly nominalQuota: string | number;
  readonly borrowingLimit?: string | number;
  readonly lendingLimit?: string | number;
}

interface Flavor {
  readonly name: string;
  readonly resources: readonly Quota[];
}

interface Queue {
  readonly kind: string;
  readonly spec?: {
    readonly cohortName?: string;
    readonly parentName?: string;
    readonly resourceGroups?: readonly {
      readonly coveredResources: readonly string[];
      readonly flavors: readonly Flavor[];
    }[];
    readonly admissionChecksStrategy?: {
      readonly admissionChecks?: readonly { readonly onFlavors?: readonly string[] }[];
    };
  };
}

const MOST_FLAVORS = 256;
const MOST_PAIRS = 512;

/** Quotas by flavor and resource (webhooks of Kueue v0.19.2: clusterqueue_webhook.go, cohort_webhook.go). */
export const queueQuotas: Rule<Queue> = {
  id: 'queue-quotas',
  class: 'controller',
  kinds: ['kueue.x-k8s.io/v1beta2/ClusterQueue', 'kueue.x-k8s.io/v1beta2/Cohort'],
  check({ kind, spec = {} }, tell) {
    const resources = new Set<string>();
    const flavors = new Set<string>();
    const shares = (kind === 'Cohort' ? spec.parentName : spec.cohortName) !== undefined;
    for (const [group, at] of items(spec.resourceGroups, ['spec', 'resourceGroups'])) {
      for (const [name, pointer] of items(group.coveredResources, [...at, 'coveredResources'])) {
        const problem = isQualifiedName(name);
        if (problem !== undefined) tell(pointer, problem);
        repeat(resources, name, pointer, tell);
      }
      for (const [flavor, pointer] of items(group.flavors, [...at, 'flavors'])) {
        repeat(flavors, flavor.name, [...pointer, 'name'], tell);
        checkFlavor(flavor, group.coveredResources, shares, kind, pointer, tell);
      }
      const pairs = group.flavors.reduce((sum, flavor) => sum + flavor.resources.length, 0);
      if (pairs > MOST_PAIRS) tell(at, `must have at most ${MOST_PAIRS} flavors times resources`);
    }
    if (flavors.size > MOST_FLAVORS || resources.size > MOST_FLAVORS) {
      tell(['spec', 'resourceGroups'], `must have at most ${MOST_FLAVORS} flavors and resources`);
    }
    checkFlavorsOfChecks(spec, flavors, tell);
  },
};

function checkFlavor(
  { resources }: Flavor,
  covered: readonly string[],
  shares: boolean,
  kind: string,
  at: Pointer,
  tell: Tell,
): void {
  for (const [index, quota] of resources.entries()) {
    const where = [...at, 'resources', index];
    const name = covered[index];
    if (quota.name !== name) tell([...where, 'name'], `must be ${name}, in the order of coveredResources`);
    checkQuota(quota, shares, kind, where, tell);
  }
}

function checkQuota(
  { nominalQuota, borrowingLimit, lendingLimit }: Quota,
  shares: boolean,
  kind: string,
  at: Pointer,
  tell: Tell,
): void {
  for (const [field, amount] of Object.entries({ nominalQuota, borrowingLimit, lendingLimit })) {
    if (amount !== undefined && (parseQuantity(amount) ?? 0n) < 0n)
      tell([...at, field], 'must not be negative');
  }
  for (const [field, limit] of Object.entries({ borrowingLimit, lendingLimit })) {
    if (limit !== undefined && !shares)
      tell([...at, field], `needs a ${kind === 'Cohort' ? 'parent' : 'cohort'}`);
  }
  if (kind === 'Cohort' || lendingLimit === undefined) return;
  const [lent = 0n, nominal = 0n] = [parseQuantity(lendingLimit), parseQuantity(nominalQuota)];
  if (lent > nominal) tell([...at, 'lendingLimit'], 'must be at most nominalQuota');
}

function checkFlavorsOfChecks(
  { admissionChecksStrategy }: NonNullable<Queue['spec']>,
  flavors: ReadonlySet<string>,
  tell: Tell,
): void {
  const at = ['spec', 'admissionChecksStrategy', 'admissionChecks'];
  for (const [{ onFlavors }, pointer] of items(admissionChecksStrategy?.admissionChecks, at)) {
    for (const [flavor, where] of items(onFlavors, [...pointer, 'onFlavors'])) {
      if (!flavors.has(flavor)) tell(where, `no flavor "${flavor}" in this queue`);
    }
  }
}

function repeat(seen: Set<string>, name: string, at: Pointer, tell: Tell): void {
  if (seen.has(name)) tell(at, `repeats ${name}`);
  seen.add(name);
}
