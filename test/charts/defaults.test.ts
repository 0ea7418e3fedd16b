import { describe, expect, it } from '@jest/globals';
import type { RayCluster } from '../../imports/ray.io';
import { withDefaults } from '../../lib/judge/defaults';
import { type KindSchema, resolve, type Schema } from '../../lib/model/schema';
import { loadSchema } from '../../lib/model/schemas';
import type { KubernetesObject } from '../../lib/render/manifest';
import { renderAll, SMALL, VISION } from '../support/fixtures';
import { change, find, templatesOf } from '../support/objects';

const objects = renderAll([VISION, SMALL]);

/**
 * Places inside atomic lists where the API server would add a default. Whoever applies such a list owns all of it,
 * so the stored object would differ from Git for ever (decisions/0006).
 */
function addedDefaults(object: KubernetesObject): string[] {
  const found = loadSchema(object.apiVersion, object.kind);
  if (found === undefined) throw new Error(`no schema of ${object.kind}`);
  return visit(found.schema, object, object.kind, found);
}

function visit(schema: Schema, value: unknown, where: string, kind: KindSchema): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const resolved = resolve(schema, kind.definitions);
  if (Array.isArray(value)) {
    const isAtomic = resolved['x-kubernetes-list-type'] !== 'map';
    const complete = withDefaults(resolved, value, kind.definitions);
    if (isAtomic && JSON.stringify(complete) !== JSON.stringify(value)) return [where];
    return value.flatMap((item, index) => visit(resolved.items ?? {}, item, `${where}.${index}`, kind));
  }
  return Object.entries(value).flatMap(([key, field]) =>
    visit(resolved.properties?.[key] ?? {}, field, `${where}.${key}`, kind),
  );
}

describe('defaults inside atomic lists', () => {
  it('are written out', () => {
    expect(objects.flatMap(addedDefaults)).toEqual([]);
  });

  it.each(['numOfHosts', 'priority', 'replicas', 'maxReplicas'])('are judged: %s', (field) => {
    const cluster = find(objects, 'RayCluster', 'training');
    const without = change(cluster, ['spec', 'workerGroupSpecs', 0, field], undefined);
    expect(addedDefaults(without)).toEqual(['RayCluster.spec.workerGroupSpecs']);
  });

  it('are written out in ports of pods, which the CRD knows and the shared pod type does not', () => {
    const ports = objects.flatMap((object) =>
      templatesOf(object).flatMap(({ spec }) =>
        spec.containers.flatMap((container) => container.ports ?? []),
      ),
    );
    expect(ports.length).toBeGreaterThan(0);
    expect(ports.filter(({ protocol }) => protocol !== 'TCP')).toEqual([]);
  });

  it('leave what the autoscaler writes out of Git', () => {
    const { spec } = find<RayCluster>(objects, 'RayCluster', 'training');
    for (const group of spec.workerGroupSpecs ?? []) {
      expect(group).not.toHaveProperty('scaleStrategy');
      expect(group.replicas).toBe(group.minReplicas);
    }
  });
});
