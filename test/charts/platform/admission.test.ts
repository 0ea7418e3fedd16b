import { describe, expect, it } from '@jest/globals';
import { POLICIES } from '../../../charts/platform/admission/policies';
import { policyName } from '../../../charts/platform/admission/policy';
import { hostilePods } from '../../../e2e/scenarios/hostile-pods';
import type { ValidatingAdmissionPolicy } from '../../../imports/core';
import { templatesOf } from '../../../lib/judge/templates';
import type { KubernetesObject } from '../../../lib/render/manifest';
import { type Asked, refusedBy } from '../../support/admission';
import { renderAll, renderTenant, VISION } from '../../support/fixtures';
import { change, find, ofKind } from '../../support/objects';

const platform = renderAll([]);
const tenant = renderTenant(VISION);
const namespace = find(tenant, 'Namespace', 'vision');
const REGISTRY = 'registry.example.com';

const creating = (object: unknown, resource = 'pods'): Asked => ({
  operation: 'CREATE',
  resource,
  object,
  namespace,
});
const updating = (
  oldObject: unknown,
  object: unknown,
  resource: string,
  groups: readonly string[] = [],
): Asked => ({
  operation: 'UPDATE',
  resource,
  object,
  oldObject,
  namespace,
  groups,
});

describe('policies', () => {
  it('close when they break, and except nobody', () => {
    for (const policy of POLICIES) {
      const { spec } = find<ValidatingAdmissionPolicy>(
        platform,
        'ValidatingAdmissionPolicy',
        policyName(policy),
      );
      expect(spec).toMatchObject({ failurePolicy: 'Fail', matchConstraints: { objectSelector: {} } });
      expect(JSON.stringify(spec)).not.toMatch(/userInfo.{0,3}username/);
      expect(find(platform, 'ValidatingAdmissionPolicyBinding', policyName(policy))).toMatchObject({
        spec: { policyName: policyName(policy), validationActions: ['Deny'] },
      });
    }
  });

  it('let every pod through that Ray objects of a tenant ask for', () => {
    const templates = tenant.flatMap((object) => templatesOf(object));
    expect(templates.length).toBeGreaterThan(5);
    for (const { where, spec } of templates) {
      expect([where, refusedBy(creating({ metadata: {}, spec }))]).toEqual([where, []]);
    }
  });

  it.each(['RayCluster', 'RayService', 'RayCronJob', 'Ingress'])(
    'let every %s of a tenant through',
    (kind) => {
      const objects = ofKind<KubernetesObject>(tenant, kind);
      expect(objects.length).toBeGreaterThan(0);
      const resource = `${kind.toLowerCase()}${kind === 'Ingress' ? 'es' : 's'}`;
      for (const object of objects) expect(refusedBy(creating(object, resource))).toEqual([]);
    },
  );
});

const scene = {
  namespace: 'vision',
  gpuType: 'a10g',
  otherType: 'l4',
  otherTenant: 'small',
  registry: REGISTRY,
};
const attempts = hostilePods(scene).flatMap(([policy, pods]) =>
  Object.entries(pods).map(([attempt, pod]) => ({ policy, attempt, pod })),
);

describe('a hostile pod', () => {
  it.each(attempts)('$policy refuses $attempt, and no other policy does', ({ policy, pod }) => {
    expect(refusedBy(creating(inCatalogue(pod)))).toEqual([policy]);
  });
});

/** The pods of e2e have an image of the registry in dist/. */
function inCatalogue(pod: unknown): unknown {
  return JSON.parse(JSON.stringify(pod).replaceAll('111122223333.dkr.ecr.eu-west-1.amazonaws.com', REGISTRY));
}

describe('an account of the tenant', () => {
  const cluster = find(tenant, 'RayCluster', 'training');
  const own = ['system:serviceaccounts:vision'];
  const group = ['spec', 'workerGroupSpecs', 0];

  it.each([
    [['replicas'], 3],
    [['scaleStrategy'], { workersToDelete: ['a'] }],
  ])('may write %s of workers, as the autoscaler does', (path, value) => {
    const changed = change(cluster, [...group, ...path], value);
    expect(refusedBy(updating(cluster, changed, 'rayclusters', own))).toEqual([]);
  });

  it.each<[(string | number)[], unknown]>([
    [[...group, 'maxReplicas'], 99],
    [[...group, 'template', 'spec', 'serviceAccountName'], 'ray-head'],
    [[...group, 'groupName'], 'other'],
    [['spec', 'headGroupSpec', 'rayStartParams'], {}],
    [['spec', 'suspend'], undefined],
    [['spec', 'managedBy'], 'ray.io/kuberay-operator'],
    [['metadata', 'labels'], { a: 'b' }],
    [['metadata', 'annotations'], { a: 'b' }],
  ])('cannot write %s', (path, value) => {
    const changed = change(cluster, path, value);
    expect(refusedBy(updating(cluster, changed, 'rayclusters', own))).toEqual(['own-accounts']);
    expect(refusedBy(updating(cluster, changed, 'rayclusters', ['system:serviceaccounts:other']))).toEqual(
      [],
    );
  });
});

describe('what was admitted before a policy', () => {
  it('can be finished: its finalizers go, and only its new spec is judged', () => {
    const old = {
      metadata: { finalizers: ['a'] },
      spec: { containers: [], tolerations: [{ operator: 'Exists' }] },
    };
    expect(refusedBy(creating(old))).toContain('tolerations');
    expect(refusedBy(updating(old, change(old, ['metadata', 'finalizers'], undefined), 'pods'))).toEqual([]);
    const more = change(old, ['spec', 'activeDeadlineSeconds'], 5);
    expect(refusedBy(updating(old, more, 'pods'))).toContain('tolerations');
  });
});

describe('a pod with an identity', () => {
  const identified = change(namespace, ['metadata', 'annotations', 'tenantry.dev/identities'], 'notebook');
  const pod = { metadata: {}, spec: { containers: [], serviceAccountName: 'notebook' } };
  const token = {
    serviceAccountToken: { audience: 'pods.eks.amazonaws.com', path: 'eks-pod-identity-token' },
  };
  const injected = change(
    pod,
    ['spec', 'volumes'],
    [{ name: 'eks-pod-identity-token', projected: { sources: [token] } }],
  );

  it('is refused until it gets its token, and only where there is one to get', () => {
    expect(refusedBy({ ...creating(pod), namespace: identified })).toEqual(['identity-token']);
    expect(refusedBy({ ...creating(injected), namespace: identified })).toEqual([]);
    expect(refusedBy(creating(pod))).toEqual([]);
  });
});

describe('the Namespace of a tenant', () => {
  const removing = (oldObject: KubernetesObject): Asked => ({
    operation: 'DELETE',
    resource: 'namespaces',
    oldObject,
    namespace,
  });

  it('goes only when it is archived', () => {
    expect(refusedBy(removing(namespace))).toEqual(['namespaces']);
    const state = ['metadata', 'labels', 'tenantry.dev/state'];
    expect(refusedBy(removing(change(namespace, state, 'archived')))).toEqual([]);
    expect(refusedBy(removing(change(namespace, state, 'frozen')))).toEqual(['namespaces']);
  });

  it('says nothing about namespaces of others', () => {
    expect(refusedBy(removing(find(platform, 'Namespace', 'kueue-system')))).toEqual([]);
  });

  it('gives up restricted only for baseline, with a reason', () => {
    const baseline = change(
      namespace,
      ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'],
      'baseline',
    );
    expect(refusedBy(updating(namespace, baseline, 'namespaces'))).toEqual(['namespaces']);
    const reasoned = change(
      baseline,
      ['metadata', 'annotations', 'tenantry.dev/pod-security-reason'],
      'legacy',
    );
    expect(refusedBy(updating(namespace, reasoned, 'namespaces'))).toEqual([]);
  });
});
