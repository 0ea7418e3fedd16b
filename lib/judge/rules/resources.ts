import type { Pointer } from '../../issue';
import { isQualifiedName } from '../names';
import { ONE, parseQuantity } from '../quantity';
import { entries } from './path';
import type { Tell } from './rule';

/** Amounts by resource. */
export type Amounts = Readonly<Record<string, string | number>> | undefined;

// k8s.io/kubernetes v1.36.1, pkg/apis/core/helper/helpers.go.
const CONTAINER = ['cpu', 'memory', 'ephemeral-storage'];
const COUNTS = [
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];
const QUOTA: ReadonlySet<string> = new Set([
  ...CONTAINER,
  ...CONTAINER.map((name) => `requests.${name}`),
  ...CONTAINER.map((name) => `limits.${name}`),
  'requests.storage',
  ...COUNTS,
]);
const STANDARD: ReadonlySet<string> = new Set([...QUOTA, 'storage']);

/** What is wrong with the name of a resource of a container. */
export function containerResource(name: string): string | undefined {
  const problem = isQualifiedName(name);
  if (problem !== undefined) return problem;
  if (!name.includes('/')) {
    return CONTAINER.includes(name) || name.startsWith('hugepages-')
      ? undefined
      : 'must be cpu, memory, ephemeral-storage, hugepages-SIZE or have a domain, as in "example.com/gpu"';
  }
  if (isNative(name)) return undefined;
  return name.startsWith('requests.') || isQualifiedName(`requests.${name}`) !== undefined
    ? 'is no name of an extended resource'
    : undefined;
}

/** What is wrong with the name of a resource anywhere else, such as of a volume. */
export function anyResource(name: string): string | undefined {
  const problem = isQualifiedName(name);
  if (problem !== undefined) return problem;
  return name.includes('/') || STANDARD.has(name) || name.startsWith('hugepages-')
    ? undefined
    : 'must be a standard resource, or have a domain, as in "example.com/gpu"';
}

/** What is wrong with the name of a resource in a quota. */
export function quotaResource(name: string): string | undefined {
  const problem = isQualifiedName(name);
  if (problem !== undefined) return problem;
  const known = QUOTA.has(name) || /^(requests\.)?hugepages-/.test(name);
  return name.includes('/') || known
    ? undefined
    : 'must be a standard resource of quotas, or have a domain, as in "count/pods"';
}

/** Whether a resource is one of Kubernetes itself. */
export function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** Whether limits may be more than requests. */
export function mayOvercommit(name: string): boolean {
  return isNative(name) && !name.startsWith('hugepages-');
}

/** Whether a resource is counted in whole pieces. */
function isCounted(name: string): boolean {
  return COUNTS.includes(name) || (name.includes('/') && !isNative(name) && !name.startsWith('requests.'));
}

/** Tells of amounts below zero, and of fractions of what is counted. */
export function checkAmounts(amounts: Amounts, at: Pointer, tell: Tell): void {
  for (const [name, amount, pointer] of entries(amounts, at)) {
    const quantity = parseQuantity(amount) ?? 0n;
    if (quantity < 0n) tell(pointer, 'must not be negative');
    // Go compares thousandths.
    else if (isCounted(name) && quantity < ONE * 2n ** 53n && quantity % ONE !== 0n)
      tell(pointer, 'must be a whole number');
  }
}

/** Tells of names that are no resources. */
export function checkNames(
  amounts: Amounts,
  at: Pointer,
  problemOf: (name: string) => string | undefined,
  tell: Tell,
): void {
  for (const [name, , pointer] of entries(amounts, at)) {
    const problem = problemOf(name);
    if (problem !== undefined) tell(pointer, `resource ${problem}`);
  }
}
