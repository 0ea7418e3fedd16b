import { describe, expect, it } from '@jest/globals';
import { resolveCluster } from '../../lib/model/cluster';
import { resolvePlacement } from '../../lib/model/placement';
import { PROOFS, prove } from '../../lib/proofs/proofs';
import type { KubernetesObject } from '../../lib/render/manifest';
import type { TenantFile } from '../../lib/schema/tenant';
import { CLUSTER, renderAll, renderTenant, SMALL, VISION, withSpec } from '../support/fixtures';
import { change } from '../support/objects';

const platform = renderAll([]);

/** Rules that are broken by the objects of a tenant, of which one may be changed. */
function broken(
  tenant: TenantFile,
  sabotage: (objects: readonly KubernetesObject[]) => readonly KubernetesObject[] = (objects) => objects,
): string[] {
  const placement = resolvePlacement(
    tenant,
    'tenants/vision.yaml',
    resolveCluster(CLUSTER, 'clusters/lab.yaml'),
  );
  const objects = sabotage(renderTenant(tenant));
  return [...new Set(prove({ placement, objects, platform: sabotage(platform) }).map(({ rule }) => rule))];
}

describe('every proof', () => {
  it.each([
    ['a small tenant', SMALL],
    ['one with something of everything', VISION],
    ['one without the internet', withSpec(VISION, { network: { egress: 'none' } })],
    ['one that submits no jobs', withSpec(VISION, { notebooks: { submitJobs: false } })],
    ['a frozen one', withSpec(VISION, { state: 'frozen' })],
    ['an archived one', withSpec(VISION, { state: 'archived' })],
  ])('holds for %s', (_, tenant) => {
    expect(broken(tenant)).toEqual([]);
  });

  it('says why it exists, and where that was read', () => {
    for (const { rule, proves, why, source } of PROOFS) {
      expect(rule).toMatch(/^[a-z]+(-[a-z]+)*$/);
      for (const text of [proves, why, source]) expect(text.length).toBeGreaterThan(15);
    }
  });
});

type Sabotage = readonly [
  rule: string,
  kind: string,
  name: string,
  path: (string | number)[],
  value: unknown,
];

const OTHER = { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'tenantry:nlp:users' };
const SABOTAGES: readonly Sabotage[] = [
  ['data-isolation', 'PodIdentityAssociation', 'notebook', ['spec', 'namespace'], 'nlp'],
  ['data-isolation', 'PodIdentityAssociation', 'notebook', ['spec', 'clusterName'], 'other'],
  ['data-isolation', 'PodIdentityAssociation', 'ray-head', ['spec', 'serviceAccount'], 'default'],
  [
    'data-isolation',
    'PodIdentityAssociation',
    'ray-worker',
    ['spec', 'roleARN'],
    'arn:aws:iam::111122223333:role/lab-karpenter',
  ],
  ['data-isolation', 'PersistentVolume', 'vision--mnist', ['spec', 'mountOptions', 1], 'prefix datasets/'],
  [
    'data-isolation',
    'PersistentVolume',
    'vision--mnist',
    ['spec', 'csi', 'volumeAttributes', 'bucketName'],
    'other',
  ],
  [
    'network-reachability',
    'NetworkPolicy',
    'internet',
    ['spec', 'egress', 0, 'to', 0, 'ipBlock', 'except', 0],
    '192.0.2.0/24',
  ],
  [
    'network-reachability',
    'NetworkPolicy',
    'internet',
    ['spec', 'egress', 0, 'to', 0, 'ipBlock', 'except', 2],
    '192.0.2.0/24',
  ],
  ['network-reachability', 'NetworkPolicy', 'default-deny', ['spec', 'policyTypes', 0], 'Egress'],
  [
    'network-reachability',
    'NetworkPolicy',
    'ray',
    ['spec', 'ingress', 0, 'from', 0, 'namespaceSelector'],
    {},
  ],
  [
    'network-reachability',
    'NetworkPolicy',
    'ray',
    ['spec', 'ingress', 0, 'from', 0, 'namespaceSelector'],
    { matchExpressions: [{ key: 'tenantry.dev/tenant', operator: 'Exists' }] },
  ],
  ['network-reachability', 'NetworkPolicy', 'notebook', ['spec', 'ingress', 0, 'ports', 0, 'endPort'], 65535],
  ['network-reachability', 'NetworkPolicy', 'dns', ['spec', 'egress', 0, 'ports', 1], undefined],
  ['rbac-scope', 'RoleBinding', 'tenantry:user', ['subjects', 0], OTHER],
  ['rbac-scope', 'RoleBinding', 'tenantry:user', ['subjects', 0, 'name'], 'system:authenticated'],
  ['rbac-scope', 'RoleBinding', 'tenantry:notebook', ['subjects', 0, 'namespace'], 'nlp'],
  ['rbac-scope', 'RoleBinding', 'tenantry:admin', ['metadata', 'namespace'], 'nlp'],
  ['rbac-scope', 'RoleBinding', 'tenantry:admin', ['roleRef', 'kind'], 'ClusterRole'],
  ['rbac-scope', 'Role', 'tenantry:user', ['rules', 0, 'resources', 0], 'secrets'],
  ['rbac-scope', 'Role', 'tenantry:user', ['rules', 0, 'verbs', 0], '*'],
  ['rbac-scope', 'Role', 'tenantry:notebook', ['rules', 0, 'resources', 0], 'rayclusters'],
  ['host-ownership', 'Ingress', 'chat', ['spec', 'rules', 0, 'host'], 'nlp.ml.example.com'],
  ['host-ownership', 'Ingress', 'chat', ['spec', 'rules', 0, 'host'], undefined],
  ['host-ownership', 'Ingress', 'chat', ['spec', 'tls', 0, 'hosts', 0], 'chat.ml.example.com.evil.org'],
  [
    'host-ownership',
    'Ingress',
    'chat',
    ['spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'service', 'port', 'number'],
    8265,
  ],
  [
    'host-ownership',
    'Namespace',
    'vision',
    ['metadata', 'annotations', 'tenantry.dev/hosts'],
    'nlp.ml.example.com',
  ],
  ['dangling-reference', 'ExternalSecret', 'ray-token', ['spec', 'target', 'name'], 'ray-tokens'],
  ['dangling-reference', 'LocalQueue', 'jobs', ['spec', 'clusterQueue'], 'visio'],
  ['dangling-reference', 'ServiceAccount', 'ray-head', ['metadata', 'name'], 'ray-heads'],
  [
    'unschedulable-pod',
    'RayCluster',
    'training',
    ['spec', 'workerGroupSpecs', 0, 'template', 'spec', 'containers', 0, 'resources', 'requests', 'cpu'],
    '1000',
  ],
  [
    'unschedulable-pod',
    'RayCluster',
    'training',
    ['spec', 'workerGroupSpecs', 0, 'template', 'spec', 'containers', 0, 'resources', 'requests', 'memory'],
    '64Ti',
  ],
  [
    'unschedulable-pod',
    'RayCluster',
    'training',
    [
      'spec',
      'workerGroupSpecs',
      1,
      'template',
      'spec',
      'containers',
      0,
      'resources',
      'requests',
      'nvidia.com/gpu',
    ],
    '9',
  ],
  [
    'unschedulable-pod',
    'RayCluster',
    'training',
    ['spec', 'autoscalerOptions', 'resources', 'requests', 'cpu'],
    '1000',
  ],
  ['unschedulable-pod', 'NodePool', 'a10g', ['spec', 'limits', 'nvidia.com/gpu'], '0'],
];

describe('sabotage', () => {
  it.each(SABOTAGES)('is found by %s: %s %s %j = %j', (rule, kind, name, path, value) => {
    let hits = 0;
    const rules = broken(VISION, (objects) =>
      objects.map((object) => {
        if (object.kind !== kind || object.metadata.name !== name) return object;
        hits += 1;
        return change(object, path, value);
      }),
    );
    expect(hits).toBe(1);
    expect(rules).toContain(rule);
  });

  it('is tried of every proof', () => {
    expect(new Set(SABOTAGES.map(([rule]) => rule))).toEqual(new Set(PROOFS.map(({ rule }) => rule)));
  });
});
