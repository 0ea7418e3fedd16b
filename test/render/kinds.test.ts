import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareObjects } from '../../lib/render/kinds';
import type { KubernetesObject } from '../../lib/render/manifest';

function object(kind: string, name = 'x', namespace?: string, apiVersion = 'v1'): KubernetesObject {
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
}

const ORDERED = [
  object('Namespace'),
  object('PriorityClass'),
  object('ResourceQuota', 'a', 'nlp'),
  object('ResourceQuota', 'b', 'nlp'),
  object('ResourceQuota', 'B', 'vision'),
  object('ResourceQuota', 'a', 'vision'),
  object('LimitRange'),
  object('ServiceAccount'),
  object('Role'),
  object('RoleBinding'),
  object('NetworkPolicy'),
  object('ConfigMap'),
  object('ExternalSecret'),
  object('Service'),
  object('Ingress'),
  object('ResourceFlavor'),
  object('ClusterQueue'),
  object('LocalQueue'),
  object('EC2NodeClass'),
  object('NodePool'),
  object('RayCluster'),
  object('AppProject'),
  object('Application'),
  object('Apple'),
  object('Zebra', 'x', undefined, 'a.example.com/v1'),
  object('Zebra', 'x', undefined, 'b.example.com/v1'),
  object('toString'),
];

describe('compareObjects', () => {
  it('sorts by kind, namespace and name, whatever the order before', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ORDERED, { minLength: ORDERED.length }), (shuffled) => {
        expect(shuffled.sort(compareObjects)).toEqual(ORDERED);
      }),
    );
  });
});
