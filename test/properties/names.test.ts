import { describe, expect, it } from '@jest/globals';
import { headService, serveService } from '../../lib/model/names';
import type { KubernetesObject } from '../../lib/render/manifest';
import type { TenantFile } from '../../lib/schema/tenant';
import { CLUSTER, renderAll, VISION } from '../support/fixtures';
import { change, ofKind } from '../support/objects';
import { filesOf, loadFiles } from '../support/world';

const LONGEST = 'n'.repeat(30);
const [training, chat, nightly] = ['clusters', 'services', 'schedules'].map((list) => [
  'spec',
  'ray',
  list,
  0,
  'name',
]);

/** Everything of tenant vision under the longest names that the schema allows. */
function longest(): TenantFile {
  const names: [path: (string | number)[] | undefined, name: string][] = [
    [['metadata', 'name'], LONGEST],
    [training, 'a'.repeat(30)],
    [chat, 'b'.repeat(30)],
    [nightly, 'c'.repeat(30)],
    [['spec', 'ray', 'clusters', 0, 'workers', 0, 'name'], 'd'.repeat(30)],
    [['spec', 'ray', 'services', 0, 'host'], `${'e'.repeat(63)}.ml.example.com`],
  ];
  return names.reduce((tenant, [path = [], name]) => change(tenant, path, name), VISION);
}

/** Most characters of a name: what KubeRay appends must fit too (1.7.0, utils/constant.go). */
const LIMITS: ReadonlyMap<string, number> = new Map([
  ['RayCluster', 53],
  ['RayService', 47],
  ['RayJob', 47],
  ['RayCronJob', 36],
]);

function tooLong(objects: readonly KubernetesObject[]): string[] {
  return objects.flatMap(({ kind, metadata }) => [
    ...(metadata.name.length > (LIMITS.get(kind) ?? 63) ? [`${kind} ${metadata.name}`] : []),
    ...Object.entries(metadata.labels ?? {}).flatMap(([key, value]) =>
      value.length > 63 ? [`${kind} ${key}`] : [],
    ),
  ]);
}

describe('the longest names', () => {
  const cluster = change(CLUSTER, ['spec', 'pools', 'h100', 'tenant'], LONGEST);
  const objects = renderAll([longest()], cluster);

  it('are legal', () => {
    expect(() => loadFiles(filesOf({ cluster, tenants: [longest()] }))).not.toThrow();
    for (const path of [['metadata', 'name'], training, chat, nightly]) {
      const longer = change(longest(), path ?? [], 'z'.repeat(31));
      expect(() => loadFiles(filesOf({ cluster, tenants: [longer] }))).toThrow(/30/);
    }
  });

  it('leave room in every kind, label and Service', () => {
    expect(tooLong(objects)).toEqual([]);
    for (const { metadata } of [...ofKind(objects, 'RayCluster'), ...ofKind(objects, 'RayService')]) {
      const [head = ''] = headService(metadata.name, LONGEST).split('.');
      // Above 50 characters KubeRay cuts a name off (1.7.0, CheckName), and addresses would lead nowhere.
      expect(Math.max(head.length, serveService(metadata.name).length)).toBeLessThanOrEqual(50);
    }
  });

  it.each([...LIMITS])('are judged: %s', (kind, limit) => {
    const object = { apiVersion: 'ray.io/v1', kind, metadata: { name: 'x'.repeat(limit + 1) } };
    expect(tooLong([object])).toHaveLength(1);
  });
});
