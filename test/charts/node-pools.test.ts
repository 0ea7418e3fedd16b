import { describe, expect, it } from '@jest/globals';
import type { EC2NodeClass } from '../../imports/karpenter.k8s.aws';
import type { NodePool } from '../../imports/karpenter.sh';
import type { KubernetesObject } from '../../lib/render/manifest';
import { CLUSTER, renderAll } from '../support/fixtures';
import { change, find, ofKind } from '../support/objects';

const objects = renderAll([]);
const pools = ofKind<NodePool>(objects, 'NodePool');
const classes = ofKind<EC2NodeClass>(objects, 'EC2NodeClass');
const pool = (name: string) => find<NodePool>(objects, 'NodePool', name);

/** Label domains that Karpenter refuses in a template (1.14, CRD rules). */
const RESTRICTED = /^(karpenter\.sh|karpenter\.k8s\.aws|kubernetes\.io\/hostname|k8s\.io)/;
const KNOWN = new Set([
  'karpenter.k8s.aws/instance-family',
  'karpenter.k8s.aws/instance-gpu-name',
  'karpenter.sh/capacity-type',
]);

/** What a pool lacks to be safe among tenants (properties P34 to P36). */
function poolProblems({ metadata, spec }: NodePool, all: readonly KubernetesObject[]): string[] {
  const { requirements, taints = [], nodeClassRef } = spec.template.spec;
  const labels = spec.template.metadata?.labels ?? {};
  const taint = (key: string) => taints.find((t) => t.key === key && t.effect === 'NoSchedule')?.value;
  const isGpu = labels['tenantry.dev/gpu-type'] !== 'none';
  const limits: Readonly<Record<string, unknown>> = spec.limits ?? {};
  const reference = all.some(
    ({ kind, metadata: { name } }) => kind === nodeClassRef.kind && name === nodeClassRef.name,
  );
  const problems: [boolean, string][] = [
    [!reference || nodeClassRef.group !== 'karpenter.k8s.aws', 'no such node class'],
    [isGpu && taint('nvidia.com/gpu') !== labels['tenantry.dev/gpu-type'], 'GPU nodes for everybody'],
    [taint('tenantry.dev/tenant') !== labels['tenantry.dev/tenant'], 'a label of a tenant without its taint'],
    [isGpu ? limits['nvidia.com/gpu'] === undefined : limits.cpu === undefined, 'unbounded'],
    [Object.keys(labels).some((key) => RESTRICTED.test(key)), 'a label that Karpenter refuses'],
    [
      requirements.some(({ key }) => RESTRICTED.test(key) && !KNOWN.has(key)),
      'a requirement that Karpenter refuses',
    ],
    [
      requirements.some(({ operator, values = [] }) => operator !== 'In' || values.length === 0),
      'anything goes',
    ],
    [(metadata.name ?? '').length > 63, 'name too long for a label'],
  ];
  return problems.filter(([wrong]) => wrong).map(([, problem]) => problem);
}

/** What a node class lets slip (property P37). */
function classProblems({ spec }: EC2NodeClass): string[] {
  const { metadataOptions = {}, blockDeviceMappings = [], amiSelectorTerms } = spec;
  const empty = [spec.subnetSelectorTerms, spec.securityGroupSelectorTerms].some((terms) =>
    (terms ?? []).every(({ tags = {} }) => Object.keys(tags).length === 0),
  );
  const problems: [boolean, string][] = [
    [metadataOptions.httpTokens !== 'required', 'IMDSv1'],
    [metadataOptions.httpPutResponseHopLimit !== 1, 'pods reach IMDS'],
    [metadataOptions.httpEndpoint !== 'enabled', 'no IMDS for the node'],
    [
      blockDeviceMappings.length === 0 || blockDeviceMappings.some((d) => d.ebs?.encrypted !== true),
      'not encrypted',
    ],
    [blockDeviceMappings.some((d) => d.ebs?.volumeSize === undefined), 'a disk without a size'],
    [blockDeviceMappings.some((d) => d.ebs?.deleteOnTermination !== true), 'a disk that stays behind'],
    [!/@v\d/.test(amiSelectorTerms[0]?.alias ?? '') || amiSelectorTerms.length !== 1, 'not pinned'],
    [empty, 'selects everything'],
    [(spec.role === undefined) === (spec.instanceProfile === undefined), 'not one role'],
  ];
  return problems.filter(([wrong]) => wrong).map(([, problem]) => problem);
}

describe('NodePool', () => {
  it('is one a pool of the cluster file, and keeps tenants apart', () => {
    expect(pools.map(({ metadata }) => metadata.name).sort()).toEqual(['a10g', 'cpu', 'h100', 'l4']);
    expect(pools.flatMap((one) => poolProblems(one, objects))).toEqual([]);
  });

  it.each<[name: string, path: (string | number)[], value: unknown, problem: string]>([
    ['a10g', ['nodeClassRef', 'name'], 'other', 'no such node class'],
    ['a10g', ['taints', 0, 'value'], 'h100', 'GPU nodes for everybody'],
    ['a10g', ['taints', 0, 'effect'], 'PreferNoSchedule', 'GPU nodes for everybody'],
    ['h100', ['taints', 1, 'value'], 'nlp', 'a label of a tenant without its taint'],
    ['h100', ['taints'], [], 'a label of a tenant without its taint'],
    ['cpu', ['requirements', 0, 'key'], 'karpenter.sh/nodepool', 'a requirement that Karpenter refuses'],
    ['cpu', ['requirements', 3, 'operator'], 'Exists', 'anything goes'],
    ['cpu', ['requirements', 3, 'values'], [], 'anything goes'],
  ])('is judged: %s %j = %j', (name, path, value, problem) => {
    expect(poolProblems(change(pool(name), ['spec', 'template', 'spec', ...path], value), objects)).toContain(
      problem,
    );
  });

  it.each<[path: (string | number)[], value: unknown, problem: string]>([
    [['spec', 'limits'], {}, 'unbounded'],
    [
      ['spec', 'template', 'metadata', 'labels', 'karpenter.sh/nodepool'],
      'x',
      'a label that Karpenter refuses',
    ],
    [['spec', 'template', 'metadata', 'labels', 'tenantry.dev/tenant'], 'nlp', 'a label of a tenant'],
  ])('is judged: a10g %j = %j', (path, value, problem) => {
    expect(poolProblems(change(pool('a10g'), path, value), objects)).toContainEqual(
      expect.stringContaining(problem),
    );
  });

  it('offers what the cluster file says', () => {
    const values = (name: string) =>
      Object.fromEntries(
        pool(name).spec.template.spec.requirements.map((r) => [r.key.split('/')[1], r.values]),
      );
    expect(values('a10g')).toEqual({
      arch: ['amd64'],
      os: ['linux'],
      'capacity-type': ['spot', 'on-demand'],
      'instance-family': ['g5'],
      zone: ['eu-west-1a', 'eu-west-1b'],
      'instance-gpu-name': ['a10g'],
    });
    expect(values('cpu')).not.toHaveProperty('instance-gpu-name');
    expect(pool('cpu').spec.limits).toEqual({ cpu: '512', memory: '2Ti' });
    expect(pool('h100').spec.limits).toEqual({ 'nvidia.com/gpu': '16' });
  });

  it('has the disk of its kind, and nodes that are replaced in time', () => {
    const classOf = (name: string) => pool(name).spec.template.spec.nodeClassRef.name;
    expect([classOf('cpu'), classOf('a10g'), classOf('h100')]).toEqual(['cpu', 'gpu', 'gpu']);
    expect(pool('cpu').spec.template.spec.expireAfter).toBe('720h');
  });

  it('waits for the CSI drivers on every new node, since they take these taints away', () => {
    for (const { spec } of pools) {
      expect(spec.template.spec.startupTaints).toEqual([
        { key: 'ebs.csi.aws.com/agent-not-ready', effect: 'NoExecute' },
        { key: 's3.csi.aws.com/agent-not-ready', effect: 'NoExecute' },
      ]);
    }
  });

  it('takes GPU nodes away only when they are empty, one at a time', () => {
    expect(pool('a10g').spec.disruption).toEqual({
      consolidationPolicy: 'WhenEmpty',
      consolidateAfter: '10m',
      budgets: [{ nodes: '1' }],
    });
    expect(pool('cpu').spec.disruption).toMatchObject({
      consolidationPolicy: 'WhenEmptyOrUnderutilized',
      consolidateAfter: '5m',
      budgets: [{ nodes: '10%' }],
    });
  });
});

describe('EC2NodeClass', () => {
  it('is one for CPU and one for GPU nodes, and shuts what pods must not reach', () => {
    expect(classes.map(({ metadata }) => metadata.name)).toEqual(['cpu', 'gpu']);
    expect(classes.flatMap(classProblems)).toEqual([]);
  });

  it.each<[path: (string | number)[], value: unknown, problem: string]>([
    [['metadataOptions', 'httpTokens'], 'optional', 'IMDSv1'],
    [['metadataOptions', 'httpPutResponseHopLimit'], 2, 'pods reach IMDS'],
    [['metadataOptions', 'httpEndpoint'], 'disabled', 'no IMDS for the node'],
    [['blockDeviceMappings', 0, 'ebs', 'encrypted'], undefined, 'not encrypted'],
    [['blockDeviceMappings'], [], 'not encrypted'],
    [['blockDeviceMappings', 0, 'ebs', 'volumeSize'], undefined, 'a disk without a size'],
    [['blockDeviceMappings', 0, 'ebs', 'deleteOnTermination'], false, 'a disk that stays behind'],
    [['amiSelectorTerms', 0, 'alias'], 'al2023@latest', 'not pinned'],
    [['subnetSelectorTerms', 0, 'tags'], {}, 'selects everything'],
    [['securityGroupSelectorTerms', 0, 'tags'], {}, 'selects everything'],
    [['role'], undefined, 'not one role'],
  ])('is judged: %j = %j', (path, value, problem) => {
    const [first] = classes;
    expect(classProblems(change(first, ['spec', ...path], value) as EC2NodeClass)).toEqual([problem]);
  });

  it('finds the parts of its own cluster', () => {
    const discovery = [{ tags: { 'karpenter.sh/discovery': 'lab' } }];
    for (const { spec } of classes) {
      expect(spec).toMatchObject({
        role: 'KarpenterNodeRole-lab',
        subnetSelectorTerms: discovery,
        securityGroupSelectorTerms: discovery,
      });
    }
  });

  it.each([
    ['al2023@v20260714', [['/dev/xvda', '300Gi']]],
    [
      'bottlerocket@v1.61.0',
      [
        ['/dev/xvda', '4Gi'],
        ['/dev/xvdb', '300Gi'],
      ],
    ],
  ])('has every disk of %s: one that is not listed would not be encrypted', (alias, disks) => {
    const cluster = change(CLUSTER, ['spec', 'nodes', 'ami', 'alias'], alias);
    const gpu = find<EC2NodeClass>(renderAll([], cluster), 'EC2NodeClass', 'gpu');
    expect(gpu.spec.blockDeviceMappings?.map((d) => [d.deviceName, d.ebs?.volumeSize])).toEqual(disks);
    expect(classProblems(gpu)).toEqual([]);
  });
});
