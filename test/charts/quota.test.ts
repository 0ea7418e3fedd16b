import { describe, expect, it } from '@jest/globals';
import type { KubernetesObject } from '../../lib/render/manifest';
import { renderTenant, SMALL, VISION, withSpec } from '../support/fixtures';
import { change, find, ofKind } from '../support/objects';

interface Quota extends KubernetesObject {
  readonly spec: {
    readonly hard: Readonly<Record<string, string>>;
    readonly scopeSelector?: {
      readonly matchExpressions: readonly {
        scopeName: string;
        operator: string;
        values: readonly string[];
      }[];
    };
  };
}
interface Amounts {
  readonly cpu: string;
  readonly memory: string;
}
interface LimitRange extends KubernetesObject {
  readonly spec: {
    readonly limits: readonly {
      readonly type: string;
      readonly default?: Amounts;
      readonly defaultRequest?: Amounts;
      readonly max: Partial<Amounts> & { readonly storage?: string };
    }[];
  };
}

const objects = renderTenant(VISION);
const quotas = ofKind<Quota>(objects, 'ResourceQuota');
const GPU = 'requests.nvidia.com/gpu';

/** Keys that a namespace cannot do without (P18, P19); any other GPU key is accepted by the API server and never enforced. */
const KEYS = [
  'count/rayclusters.ray.io',
  'count/raycronjobs.ray.io',
  'count/rayjobs.ray.io',
  'count/rayservices.ray.io',
  'limits.cpu',
  'limits.memory',
  'persistentvolumeclaims',
  'pods',
  'requests.cpu',
  'requests.memory',
  GPU,
  'requests.storage',
  'services.loadbalancers',
  'services.nodeports',
];

/** GPUs by type, as the quotas that are scoped to the priority class of a type count them. */
function gpusByType(all: readonly Quota[]): Record<string, string | undefined> {
  const scoped = all.flatMap(({ spec }) => {
    const [scope, ...more] = spec.scopeSelector?.matchExpressions ?? [];
    const [name = '', ...others] = scope?.values ?? [];
    const isOne = more.length === 0 && others.length === 0 && scope?.operator === 'In';
    return isOne && scope?.scopeName === 'PriorityClass'
      ? [[name.replace('tenant-gpu-', ''), spec.hard[GPU]]]
      : [];
  });
  return Object.fromEntries(scoped) as Record<string, string | undefined>;
}

describe('ResourceQuota', () => {
  const { hard, scopeSelector } = find<Quota>(objects, 'ResourceQuota', 'tenant').spec;

  it('has every key, for all pods of the namespace', () => {
    expect(Object.keys(hard).sort()).toEqual([...KEYS].sort());
    expect(scopeSelector).toBeUndefined();
  });

  it('adds interactive, the most that jobs may borrow, and what each GPU brings along', () => {
    // cpu 64 + 40, memory 256Gi + 160Gi; a10g 8 + 4 of 7 cores and 26Gi, h100 4 of 14 cores and 220Gi.
    expect(hard).toMatchObject({
      'requests.cpu': String(64 + 40 + 12 * 7 + 4 * 14),
      'limits.cpu': '244',
      'requests.memory': `${256 + 160 + 12 * 26 + 4 * 220}Gi`,
      'limits.memory': '1608Gi',
      [GPU]: '16',
      'requests.storage': `${1024 * 1024 + 1}Mi`,
    });
  });

  it('opens no door to the outside', () => {
    expect(hard).toMatchObject({ 'services.loadbalancers': '0', 'services.nodeports': '0' });
  });

  it('counts a service twice, for upgrades, and leaves room for the clusters of queued jobs', () => {
    expect(hard).toMatchObject({
      'count/rayclusters.ray.io': String(1 + 2 * 1 + 200),
      'count/rayservices.ray.io': '1',
      'count/raycronjobs.ray.io': '1',
      'count/rayjobs.ray.io': '200',
    });
  });

  it('has volumes and pods for every member', () => {
    expect(hard).toMatchObject({ persistentvolumeclaims: String(4 * 3 + 1), pods: String(244 * 4) });
    const small = find<Quota>(renderTenant(SMALL), 'ResourceQuota', 'tenant').spec.hard;
    expect(small).toMatchObject({ persistentvolumeclaims: '4', pods: '32' });
  });

  it('counts GPUs by type, zero where none is granted: an absent key would mean no limit', () => {
    expect(gpusByType(quotas)).toEqual({ a10g: '12', h100: '4', l4: '0' });
    expect(gpusByType(ofKind<Quota>(renderTenant(SMALL), 'ResourceQuota'))).toEqual({
      a10g: '0',
      h100: '0',
      l4: '0',
    });
  });

  it.each<[path: (string | number)[], value: unknown]>([
    [['spec', 'scopeSelector'], undefined],
    [['spec', 'scopeSelector', 'matchExpressions', 0, 'operator'], 'Exists'],
    [['spec', 'scopeSelector', 'matchExpressions', 0, 'values', 0], 'tenant-cpu'],
    [['spec', 'hard', GPU], undefined],
    [['spec', 'hard', GPU], '1'],
  ])('is judged by type: %j = %j', (path, value) => {
    const sabotaged = quotas.map((quota) =>
      quota.metadata.name === 'tenant-gpu-l4' ? change(quota, path, value) : quota,
    );
    expect(gpusByType(sabotaged)).not.toEqual(gpusByType(quotas));
  });

  it('keeps the priorities of the system out', () => {
    expect(find<Quota>(objects, 'ResourceQuota', 'system-priority').spec).toEqual({
      hard: { pods: '0' },
      scopeSelector: {
        matchExpressions: [
          {
            scopeName: 'PriorityClass',
            operator: 'In',
            values: ['system-cluster-critical', 'system-node-critical'],
          },
        ],
      },
    });
  });
});

describe('LimitRange', () => {
  const limits = (tenant = VISION) =>
    find<LimitRange>(renderTenant(tenant), 'LimitRange', 'tenant').spec.limits;

  it('gives pods that ask for nothing something small, and bounds every container by the quota', () => {
    expect(limits()).toEqual([
      {
        type: 'Container',
        default: { cpu: '500m', memory: '1Gi' },
        defaultRequest: { cpu: '500m', memory: '1Gi' },
        max: { cpu: '244', memory: '1608Gi' },
      },
      { type: 'PersistentVolumeClaim', max: { storage: '1Ti' } },
    ]);
  });

  it('never has a default above the maximum, which the API server refuses', () => {
    const tiny = withSpec(SMALL, { quota: { cpu: 0.25, memory: '512Mi', storage: '1Gi' } });
    const small = { cpu: '250m', memory: '512Mi' };
    expect(limits(tiny)[0]).toEqual({ type: 'Container', default: small, defaultRequest: small, max: small });
  });
});
