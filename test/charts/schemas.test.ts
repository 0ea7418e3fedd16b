import { describe, expect, it } from '@jest/globals';
import { checkManifests } from '../../lib/judge/manifests';
import { renderManifests, SMALL, VISION } from '../support/fixtures';
import { change } from '../support/objects';

const manifests = renderManifests([SMALL, VISION]);

describe('every rendered object', () => {
  it('has a schema and fits it', () => {
    expect(checkManifests(manifests)).toEqual([]);
  });

  it.each<[kind: string, path: (string | number)[], value: unknown, message: string]>([
    ['RayCluster', ['spec', 'workerGroupSpecs', 0, 'replica'], 1, 'unknown field "replica"'],
    ['NodePool', ['spec', 'disruption', 'consolidationPolicy'], 'Never', 'must be one of'],
    ['ClusterQueue', ['spec', 'preemption', 'reclaimWithinCohort'], 'Sometimes', 'must be one of'],
    ['AppProject', ['metadata', 'namespace'], undefined, 'the kind is of scope Namespaced'],
    ['ResourceQuota', ['apiVersion'], 'v2', 'no kind ResourceQuota in v2'],
  ])('is judged: %s %j = %j', (kind, path, value, message) => {
    const one = manifests.find(({ object }) => object.kind === kind);
    expect(
      checkManifests([change(one, ['object', ...path], value) as NonNullable<typeof one>]),
    ).toContainEqual(expect.objectContaining({ message: expect.stringContaining(message) }));
  });
});
