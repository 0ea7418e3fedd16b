import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { ClusterQueue, LocalQueue } from '../../imports/kueue.x-k8s.io';
import type { RayCluster, RayCronJob, RayService } from '../../imports/ray.io';
import type { State } from '../../lib/model/state';
import { identify } from '../../lib/render/identity';
import type { KubernetesObject } from '../../lib/render/manifest';
import { renderTenant, VISION, withSpec } from '../support/fixtures';
import { find } from '../support/objects';

const inState = (state: State) => renderTenant(withSpec(VISION, { state }));
const active = inState('active');
const frozen = inState('frozen');
const archived = inState('archived');

/** What a step from one state to another does to the objects of a tenant: `- Kind name`, `+ Kind name`, `~ Kind name`. */
function step(from: readonly KubernetesObject[], to: readonly KubernetesObject[]): string[] {
  const [before, after] = [from, to].map((all) => new Map(all.map((object) => [identify(object), object])));
  return [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].flatMap((key) => {
    const [old, now] = [before?.get(key), after?.get(key)];
    const { kind = '', metadata } = old ?? now ?? {};
    const line = `${kind} ${metadata?.name}`;
    if (old === undefined) return [`+ ${line}`];
    if (now === undefined) return [`- ${line}`];
    return isDeepStrictEqual(old, now) ? [] : [`~ ${line}`];
  });
}

/** Reads `object.a.b` without a type of the whole object. */
function at<T>(object: KubernetesObject, ...path: string[]): T {
  return path.reduce((inner: unknown, key) => Reflect.get(inner as object, key), object) as T;
}

const hard = (objects: readonly KubernetesObject[]) =>
  at<Record<string, string>>(find(objects, 'ResourceQuota', 'tenant'), 'spec', 'hard');
const hub = (objects: readonly KubernetesObject[]) =>
  JSON.parse(at<string>(find(objects, 'ConfigMap', 'tenantry-tenant'), 'data', 'tenant.json')) as object;

describe('a tenant without a state', () => {
  it('is active', () => {
    expect(step(renderTenant(VISION), active)).toEqual([]);
  });
});

describe('freezing', () => {
  it('takes nothing away, and changes only what runs', () => {
    expect(step(active, frozen).sort()).toEqual([
      '~ ClusterQueue vision',
      '~ ConfigMap tenantry-tenant',
      '~ LocalQueue jobs',
      '~ Namespace vision',
      '~ RayCluster training',
      '~ RayCronJob nightly',
      '~ RayService chat',
      '~ ResourceQuota tenant',
    ]);
  });

  it('suspends Ray; a RayCluster says false where it is not: KubeRay never resumes one without the field', () => {
    const suspended = (objects: readonly KubernetesObject[]) => [
      find<RayCluster>(objects, 'RayCluster', 'training').spec.suspend,
      find<RayService>(objects, 'RayService', 'chat').spec.suspend,
      find<RayCronJob>(objects, 'RayCronJob', 'nightly').spec.suspend,
    ];
    expect(suspended(active)).toEqual([false, undefined, false]);
    expect(suspended(frozen)).toEqual([true, true, true]);
  });

  it('lets no pod and no job start, and leaves the volumes as they are', () => {
    expect(hard(active)).toMatchObject({ pods: '976', 'count/rayjobs.ray.io': '200' });
    expect(hard(frozen)).toEqual({ ...hard(active), pods: '0', 'count/rayjobs.ray.io': '0' });
  });

  it('empties the queue, which then lends nothing to others: they have been promised it', () => {
    const { spec } = find<ClusterQueue>(frozen, 'ClusterQueue', 'vision');
    const amounts = spec?.resourceGroups?.flatMap(({ flavors }) =>
      flavors.flatMap(({ resources }) => resources.flatMap((r) => [r.nominalQuota, r.borrowingLimit])),
    );
    expect(new Set(amounts)).toEqual(new Set(['0']));
    const names = spec?.resourceGroups?.flatMap(({ flavors }) => flavors.map(({ name }) => name));
    expect(names).toEqual(['a10g', 'h100', 'cpu']);
    const local = find<LocalQueue>(frozen, 'LocalQueue', 'jobs').spec;
    expect([spec?.stopPolicy, local?.stopPolicy]).toEqual(['HoldAndDrain', 'HoldAndDrain']);
  });

  it('is told to the hub and to policies', () => {
    expect(hub(frozen)).toEqual({ ...hub(active), state: 'frozen' });
    expect(hub(active)).toMatchObject({ state: 'active' });
    const label = (objects: readonly KubernetesObject[]) =>
      find(objects, 'Namespace', 'vision').metadata.labels?.['tenantry.dev/state'];
    expect([active, frozen, archived].map(label)).toEqual(['active', 'frozen', 'archived']);
  });
});

describe('archiving', () => {
  it('takes Ray and the access of members, and no object that data hangs on', () => {
    const gone = step(frozen, archived).sort();
    expect(gone).toEqual([
      '- AccessEntry users',
      '- ConfigMap tenantry-jobs',
      '- Ingress chat',
      '- NetworkPolicy serve',
      // The volume of a dataset is a view of a bucket: its data is not the tenant's.
      '- PersistentVolume vision--mnist',
      '- PersistentVolumeClaim dataset-mnist',
      '- PodIdentityAssociation notebook',
      '- PodIdentityAssociation ray-head',
      '- PodIdentityAssociation ray-worker',
      '- RayCluster training',
      '- RayCronJob nightly',
      '- RayService chat',
      '- Role tenantry:admin',
      '- Role tenantry:notebook',
      '- Role tenantry:user',
      '- RoleBinding tenantry:admin',
      '- RoleBinding tenantry:notebook',
      '- RoleBinding tenantry:user',
      '~ AppProject vision',
      '~ ConfigMap tenantry-tenant',
      '~ Namespace vision',
      '~ ResourceQuota tenant',
    ]);
  });

  it('stops whatever is left, also where the tenant was not frozen before', () => {
    expect(hard(archived)).toMatchObject({
      pods: '0',
      'count/rayjobs.ray.io': '0',
      'requests.storage': '1048577Mi',
    });
    expect(find<ClusterQueue>(archived, 'ClusterQueue', 'vision').spec?.stopPolicy).toBe('HoldAndDrain');
    expect(find(archived, 'RoleBinding', 'tenantry:hub')).toEqual(
      find(active, 'RoleBinding', 'tenantry:hub'),
    );
  });

  it('leaves nobody in: not for the hub, not for Argo CD', () => {
    expect(hub(archived)).toMatchObject({ state: 'archived', members: { admins: [], users: [] }, ray: [] });
    expect(at(find(archived, 'AppProject', 'vision'), 'spec')).not.toHaveProperty('roles');
  });
});
