import { describe, expect, it } from '@jest/globals';
import type { ClusterQueue, LocalQueue } from '../../imports/kueue.x-k8s.io';
import { renderAll, renderTenant, SMALL, VISION, withSpec } from '../support/fixtures';
import { change, find, ofKind } from '../support/objects';

const objects = renderTenant(VISION);
const queue = find<ClusterQueue>(objects, 'ClusterQueue', 'vision');
const COVERED = ['cpu', 'memory', 'nvidia.com/gpu'];

/** Quotas by flavor and resource as [nominal, borrowing]. */
function amounts({ spec }: ClusterQueue): Record<string, [unknown, unknown][]> {
  const flavors = spec?.resourceGroups?.flatMap((group) => group.flavors) ?? [];
  return Object.fromEntries(
    flavors.map(({ name, resources }) => [name, resources.map((r) => [r.nominalQuota, r.borrowingLimit])]),
  );
}

/** What Kueue's webhook refuses (0.19, validateClusterQueueSpec), or takes for "everything". */
function queueProblems({ spec }: ClusterQueue): string[] {
  const groups = spec?.resourceGroups ?? [];
  const names = groups.flatMap(({ flavors }) => flavors.map(({ name }) => name));
  const limits = groups.flatMap(({ flavors }) => flavors.flatMap(({ resources }) => resources));
  const ordered = groups.every(({ coveredResources, flavors }) =>
    flavors.every(({ resources }) => resources.map(({ name }) => name).join() === coveredResources.join()),
  );
  const problems: [boolean, string][] = [
    [groups.length !== 1, 'one resource group'],
    [!ordered, 'resources in the order of coveredResources'],
    [new Set(names).size !== names.length, 'a flavor twice'],
    [limits.some(({ borrowingLimit }) => borrowingLimit === undefined), 'borrowing without a limit'],
    [spec?.cohortName === undefined, 'borrowingLimit without a cohort'],
    [Object.keys(spec?.namespaceSelector?.matchLabels ?? {}).length === 0, 'every namespace'],
    [spec?.preemption?.reclaimWithinCohort !== 'Any', 'lent for ever'],
  ];
  return problems.filter(([wrong]) => wrong).map(([, problem]) => problem);
}

describe('ClusterQueue', () => {
  it('is one that Kueue takes', () => {
    expect(queueProblems(queue)).toEqual([]);
    expect(queue.spec?.resourceGroups?.map(({ coveredResources }) => coveredResources)).toEqual([COVERED]);
  });

  it.each<[path: (string | number)[], value: unknown, problem: string]>([
    [
      ['spec', 'resourceGroups', 0, 'coveredResources'],
      ['memory', 'cpu', 'nvidia.com/gpu'],
      'resources in the order',
    ],
    [['spec', 'resourceGroups', 0, 'flavors', 0, 'name'], 'cpu', 'a flavor twice'],
    [
      ['spec', 'resourceGroups', 0, 'flavors', 0, 'resources', 2, 'borrowingLimit'],
      undefined,
      'borrowing without',
    ],
    [['spec', 'cohortName'], undefined, 'borrowingLimit without a cohort'],
    [['spec', 'namespaceSelector'], {}, 'every namespace'],
    [['spec', 'preemption', 'reclaimWithinCohort'], 'Never', 'lent for ever'],
    [['spec', 'resourceGroups'], [], 'one resource group'],
  ])('is judged: %j = %j', (path, value, problem) => {
    expect(queueProblems(change(queue, path, value))).toEqual([expect.stringContaining(problem)]);
  });

  it('guarantees what jobs were promised, lets them borrow up to max, CPU nodes last', () => {
    expect(Object.keys(amounts(queue))).toEqual(['a10g', 'h100', 'cpu']);
    expect(amounts(queue)).toEqual({
      cpu: [
        ['16', '24'],
        ['64Gi', '96Gi'],
        ['0', '0'],
      ],
      // Two guaranteed GPUs and two to borrow, of 7 cores and 26Gi each.
      a10g: [
        ['14', '14'],
        ['52Gi', '52Gi'],
        ['2', '2'],
      ],
      h100: [
        ['0', '0'],
        ['0', '0'],
        ['0', '0'],
      ],
    });
  });

  it('admits jobs of its own namespace only, also beside a tenant whose name starts with its own', () => {
    const all = renderAll([SMALL, withSpec(SMALL, {}, 'nlp-prod')]);
    expect(ofKind<ClusterQueue>(all, 'ClusterQueue').map(({ spec }) => spec?.namespaceSelector)).toEqual([
      { matchLabels: { 'kubernetes.io/metadata.name': 'nlp' } },
      { matchLabels: { 'kubernetes.io/metadata.name': 'nlp-prod' } },
    ]);
  });

  it('has the CPU flavor alone where no GPU is granted', () => {
    expect(Object.keys(amounts(find<ClusterQueue>(renderTenant(SMALL), 'ClusterQueue', 'nlp')))).toEqual([
      'cpu',
    ]);
  });
});

describe('LocalQueue', () => {
  it('leads to the queue of its tenant, and is not named default: Kueue would adopt every RayCluster', () => {
    const queues = ofKind<LocalQueue>(renderAll([VISION, SMALL]), 'LocalQueue');
    expect(
      queues.map(({ metadata, spec }) => [metadata.namespace, metadata.name, spec?.clusterQueue]),
    ).toEqual([
      ['vision', 'jobs', 'vision'],
      ['nlp', 'jobs', 'nlp'],
    ]);
  });
});
