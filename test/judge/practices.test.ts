import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { COMPONENTS } from '../../charts/platform/components';
import { componentsPage } from '../../docs/components';
import { generate } from '../../docs/generated';
import type { RayCluster } from '../../imports/ray.io';
import { checkManifests } from '../../lib/judge/manifests';
import { checkPractices } from '../../lib/judge/practices/practices';
import type { KubernetesObject, Manifest } from '../../lib/render/manifest';
import { CLUSTER, renderManifests, SMALL, VISION } from '../support/fixtures';
import { type Change, load } from '../support/inputs';
import { change, ofKind } from '../support/objects';

const manifests = renderManifests([SMALL, VISION]);
const cluster = CLUSTER.metadata.name;
const owner = { source: `clusters/${cluster}.yaml`, cluster, path: `${cluster}/x.yaml` };

/** What is found in rendered objects after one of them was changed, or one was added. */
function judge(list: readonly Manifest[]): string[] {
  return [...checkManifests(list), ...checkPractices(list)].map(({ rule }) => rule);
}

function changed(kind: string, path: readonly (string | number)[], value: unknown): string[] {
  const at = manifests.findIndex(({ object }) => object.kind === kind);
  return judge(
    manifests.map((manifest, index) =>
      index === at ? { ...manifest, object: change(manifest.object, path, value) } : manifest,
    ),
  );
}

function added(object: KubernetesObject): string[] {
  return judge([...manifests, { object, owner }]);
}

/** What is found in the input files after a change. */
function input(fields: Change): string[] {
  return load(fields).issues.map(({ rule }) => rule);
}

const role = (spec: object): KubernetesObject => ({
  apiVersion: 'iam.services.k8s.aws/v1alpha1',
  kind: 'Role',
  metadata: { name: 'r', namespace: 'vision' },
  spec: { name: 'r', assumeRolePolicyDocument: '{}', ...spec },
});

const statement = (Action: string, Resource: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });

const binding = (subject: object): KubernetesObject => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'team' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
  subjects: [subject],
});

const association = (serviceAccount: string): KubernetesObject => ({
  apiVersion: 'eks.services.k8s.aws/v1alpha1',
  kind: 'PodIdentityAssociation',
  metadata: { name: 'notebook', namespace: 'vision' },
  spec: { clusterName: cluster, namespace: 'vision', serviceAccount, roleARN: 'arn:aws:iam::1:role/r' },
});

const MAIN = 'clusters/main.yaml';
const gpuPool = manifests.findIndex(
  ({ object }) => object.kind === 'NodePool' && object.metadata.name === 'a10g',
);

const [rayCluster] = ofKind<RayCluster>(
  manifests.map(({ object }) => object),
  'RayCluster',
);
const firstVolume = rayCluster?.spec?.headGroupSpec.template.spec?.volumes?.[0]?.name;

/** Defects of published platforms, each seeded here, with the rule that finds it. */
const DEFECTS: readonly [defect: string, rule: string, seed: () => string[]][] = [
  [
    'a notebook profile selects nodes that no pool has (ai-on-eks)',
    'unknown-reference',
    () => input({ [MAIN]: { 'spec.profiles.gpu.gpu': 'gpu-ts' } }),
  ],
  [
    'a GPU type without a pool, so that its profile waits for ever (ai-on-eks)',
    'gpu-pool',
    () => input({ [MAIN]: { 'spec.pools.l4': undefined } }),
  ],
  [
    'an identity for a service account of another name (ai-on-eks)',
    'association-account',
    () => added(association('main-notebook')),
  ],
  [
    'a team with rights in every namespace (data-on-eks)',
    'cluster-binding',
    () => added(binding({ kind: 'ServiceAccount', name: 'notebook', namespace: 'vision' })),
  ],
  [
    'a group of a team with rights in every namespace (data-on-eks)',
    'cluster-binding',
    () => added(binding({ kind: 'Group', name: 'team', apiGroup: 'rbac.authorization.k8s.io' })),
  ],
  [
    'AdministratorAccess for notebooks (gen-ai-on-eks)',
    'broad-policy',
    () => added(role({ policies: ['arn:aws:iam::aws:policy/AdministratorAccess'] })),
  ],
  [
    'every bucket for notebooks (gen-ai-on-eks)',
    'broad-policy',
    () => added(role({ inlinePolicies: { s3: statement('s3:GetObject', '*') } })),
  ],
  [
    'every action on a bucket (gen-ai-on-eks)',
    'broad-policy',
    () => added(role({ inlinePolicies: { s3: statement('s3:*', 'arn:aws:s3:::data/a/*') } })),
  ],
  [
    'a CPU profile that takes a GPU too (gen-ai-on-eks)',
    'gpu-without-type',
    () => input({ [MAIN]: { 'spec.profiles.small.gpus': 1 } }),
  ],
  [
    'names of another cluster, which nobody makes or takes down (gen-ai-on-eks)',
    'cluster-names',
    () => changed('EC2NodeClass', ['spec', 'role'], 'KarpenterNodeRole-fmops'),
  ],
  [
    'subnets of another cluster (gen-ai-on-eks)',
    'cluster-names',
    () =>
      changed('EC2NodeClass', ['spec', 'subnetSelectorTerms', 0, 'tags'], { 'karpenter.sh/discovery': 'x' }),
  ],
  [
    'a pool of GPU nodes that any pod may fill (data-on-eks)',
    'gpu-taint',
    () =>
      judge(
        manifests.map((manifest, index) =>
          index === gpuPool
            ? {
                ...manifest,
                object: change(manifest.object, ['spec', 'template', 'spec', 'taints'], undefined),
              }
            : manifest,
        ),
      ),
  ],
  [
    'a pod without GPUs on GPU nodes (data-on-eks)',
    'gpu-toleration',
    () =>
      changed(
        'RayCluster',
        ['spec', 'headGroupSpec', 'template', 'spec', 'tolerations'],
        [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
      ),
  ],
  [
    'a pod without GPUs that selects a GPU type',
    'gpu-selector',
    () =>
      changed(
        'RayCluster',
        ['spec', 'headGroupSpec', 'template', 'spec', 'nodeSelector', 'tenantry.dev/gpu-type'],
        'a10g',
      ),
  ],
  [
    'a machine image older than the Kubernetes version (AWS eks-ml-terraform-kubeflow)',
    'ami-release',
    () => input({ [MAIN]: { 'spec.nodes.ami.alias': 'al2023@v20251103' } }),
  ],
  [
    'a namespace on a kind that has none (AWS eks-ml-terraform-kubeflow, data-on-eks)',
    'scope',
    () => changed('NodePool', ['metadata', 'namespace'], 'karpenter'),
  ],
  [
    'do-not-disrupt on the Ray object, where nobody reads it (awsome-distributed-training)',
    'do-not-disrupt',
    () => changed('RayCluster', ['metadata', 'annotations'], { 'karpenter.sh/do-not-disrupt': 'true' }),
  ],
  [
    'head and workers with other images (gen-ai-on-eks)',
    'ray-images',
    () =>
      changed(
        'RayCluster',
        ['spec', 'headGroupSpec', 'template', 'spec', 'containers', 0, 'image'],
        'ray-ml:2.6.3-py38-cpu',
      ),
  ],
  [
    'the disk of the node in a pod (gen-ai-on-eks)',
    'host-path',
    () =>
      changed('RayCluster', ['spec', 'headGroupSpec', 'template', 'spec', 'volumes', 0], {
        name: firstVolume,
        hostPath: { path: '/tmp' },
      }),
  ],
  [
    'the tag latest (Ray’s guide to Argo CD)',
    'bad-format',
    () => input({ [MAIN]: { 'spec.images.cuda.image': 'r.example.com/ray:latest' } }),
  ],
  [
    'CRDs replaced instead of applied (Ray’s guide to Argo CD)',
    'sync-options',
    () =>
      changed('Application', ['spec', 'syncPolicy', 'syncOptions'], ['ServerSideApply=true', 'Replace=true']),
  ],
  [
    'CRDs applied by the client (Ray’s guide to Argo CD)',
    'sync-options',
    () => changed('Application', ['spec', 'syncPolicy', 'syncOptions'], []),
  ],
];

describe('a defect of another platform', () => {
  it('is in nothing that we render', () => {
    expect(judge(manifests)).toEqual([]);
    expect(input({})).toEqual([]);
  });

  it.each(DEFECTS)('is found: %s -> %s', (_, rule, seed) => {
    expect(seed()).toEqual([rule]);
  });

  // gen-ai-on-eks tells of a GPU operator that it does not install.
  it('is found: documents that name other components than are installed -> npm run docs', () => {
    const page = 'docs/operations/components.md';
    const committed = readFileSync(join(__dirname, '../..', page), 'utf8');
    expect(generate().get(page)).toBe(committed);
    expect(componentsPage(COMPONENTS.filter(({ name }) => name !== 'gpu-operator'))).not.toBe(committed);
  });
});

describe('what may be', () => {
  it.each([
    ['an identity of a service account that is rendered', association('notebook')],
    [
      'a role for one prefix',
      role({ inlinePolicies: { s3: statement('s3:GetObject', 'arn:aws:s3:::data/a/*') } }),
    ],
    ['rights of a component', binding({ kind: 'ServiceAccount', name: 'hub', namespace: 'jupyterhub' })],
  ])('is not found: %s', (_, object) => {
    expect(added(object)).toEqual([]);
  });

  it('says where, and what to do', () => {
    const [issue] = checkPractices([{ object: binding({ kind: 'User', name: 'eve' }), owner }]);
    expect(issue).toEqual({
      level: 'error',
      rule: 'cluster-binding',
      message: 'ClusterRoleBinding team in dist/lab/x.yaml: gives User eve rights in every namespace',
      hint: 'bind the role in the namespace of the tenant',
      source: { file: 'clusters/lab.yaml', line: 1, column: 1 },
    });
  });
});
