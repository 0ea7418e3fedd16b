import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { PodTemplateSpec, ValidatingAdmissionPolicyBinding } from '../../imports/core';
import instanceTypes from '../../imports/instance-types.json';
import type { EC2NodeClass } from '../../imports/karpenter.k8s.aws';
import type { NodePool } from '../../imports/karpenter.sh';
import type { RayCluster } from '../../imports/ray.io';
import { mapWithoutProse, withoutProse } from '../../lib/import/prose';
import { parseKind, parseVersions } from '../../lib/import/versions';
import { matches } from '../../lib/judge/pattern';
import { refTo, resolve, type Schema } from '../../lib/model/schema';
import { loadSchema } from '../../lib/model/schemas';

const IMPORTS = join(__dirname, '../../imports');
const versions = parseVersions(readFileSync(join(IMPORTS, 'versions.yaml'), 'utf8'));
const customKinds = versions.customResources.flatMap(({ kinds }) => Object.keys(kinds));

function load(key: string) {
  const { group, version, kind } = parseKind(key);
  const found = loadSchema(group === '' ? version : `${group}/${version}`, kind);
  if (found === undefined) throw new Error(`no schema of ${key}`);
  return found;
}

describe('imports/schemas', () => {
  it.each([...customKinds, ...versions.kubernetes.kinds])('has %s, without prose', (key) => {
    const { schema, definitions, scope } = load(key);
    expect(['Namespaced', 'Cluster']).toContain(scope);
    const known = resolve(schema, definitions);
    expect(known.properties).toHaveProperty('metadata');
    expect(withoutProse({ ...known })).toEqual(known);
  });

  it('has definitions without prose', () => {
    const { definitions } = load('v1/Pod');
    expect(mapWithoutProse(definitions)).toEqual(definitions);
  });

  it.each([
    ['v1/Namespace', 'Cluster'],
    ['v1/PersistentVolume', 'Cluster'],
    ['v1/ResourceQuota', 'Namespaced'],
    ['rbac.authorization.k8s.io/v1/ClusterRole', 'Cluster'],
    ['networking.k8s.io/v1/NetworkPolicy', 'Namespaced'],
    ['karpenter.sh/v1/NodePool', 'Cluster'],
    ['kueue.x-k8s.io/v1beta2/ClusterQueue', 'Cluster'],
    ['kueue.x-k8s.io/v1beta2/LocalQueue', 'Namespaced'],
    ['ray.io/v1/RayCluster', 'Namespaced'],
  ])('knows the scope of %s', (key, scope) => {
    expect(load(key).scope).toBe(scope);
  });

  it('has only patterns that this engine understands', () => {
    for (const key of customKinds) {
      for (const pattern of patternsIn(load(key).schema)) expect(() => matches(pattern, '')).not.toThrow();
    }
  });

  it('keeps the rules of the API server with their messages', () => {
    const spec = JSON.stringify(load('karpenter.sh/v1/NodePool').schema.properties?.spec);
    expect(spec.split('"rule":').length).toBeGreaterThan(5);
    expect(spec).toContain('"message":');
  });
});

function patternsIn(schema: Schema): string[] {
  const {
    pattern,
    properties = {},
    items,
    additionalProperties,
    allOf = [],
    anyOf = [],
    oneOf = [],
    not,
  } = schema;
  const inner = [
    ...Object.values(properties),
    items,
    additionalProperties,
    ...allOf,
    ...anyOf,
    ...oneOf,
    not,
  ];
  return [
    ...(pattern === undefined ? [] : [pattern]),
    ...inner.flatMap((part) => (typeof part === 'object' ? patternsIn(part) : [])),
  ];
}

describe('loadSchema', () => {
  it.each([
    ['ray.io/v1', 'raycluster'],
    ['ray.io/v1alpha1', 'RayCluster'],
    ['ray.io/v1', '__proto__'],
    ['v1', 'toString'],
    ['', ''],
    ['../schemas/ray.io/v1', 'RayCluster'],
    ['ray.io/v1/x', 'RayCluster'],
  ])('does not know %s %s', (apiVersion, kind) => {
    expect(loadSchema(apiVersion, kind)).toBeUndefined();
  });

  it('gives one object for one kind', () => {
    expect(load('ray.io/v1/RayCluster')).toBe(load('ray.io/v1/RayCluster'));
  });

  it('gives kinds of Kubernetes as a reference into the definitions', () => {
    const { schema, definitions } = load('apps/v1/Deployment');
    expect(schema).toEqual({ $ref: refTo('io.k8s.api.apps.v1.Deployment') });
    expect(() => resolve({ $ref: refTo('io.k8s.Gone') }, definitions)).toThrow('no definition io.k8s.Gone');
  });
});

describe('imports/*.ts', () => {
  const files = readdirSync(IMPORTS).filter((name) => name.endsWith('.ts'));

  it('is there for every group, with one comment a file and fewer than 8,000 lines together', () => {
    const groups = new Set(customKinds.map((key) => `${parseKind(key).group}.ts`));
    expect(files.sort()).toEqual([...groups, 'core.ts'].sort());
    const texts = files.map((name) => readFileSync(join(IMPORTS, name), 'utf8'));
    for (const text of texts)
      expect(text.match(/^.*\/\/.*$/gm)).toEqual([expect.stringContaining('Do not edit.')]);
    expect(texts.join('').split('\n').length).toBeLessThan(8000);
  });

  it('types objects with the names of the API (checked by tsc)', () => {
    const template: PodTemplateSpec = {
      spec: { containers: [{ name: 'ray', resources: { limits: { cpu: 1, memory: '4Gi' } } }] },
    };
    const cluster: RayCluster = {
      apiVersion: 'ray.io/v1',
      kind: 'RayCluster',
      metadata: { name: 'shared', namespace: 'a' },
      spec: { authOptions: { mode: 'token' }, headGroupSpec: { rayStartParams: {}, template } },
    };
    // @ts-expect-error a field that the CRD does not have
    const typo: RayCluster['spec'] = { headGroupSpec: { template }, rayVerson: '2' };
    // @ts-expect-error not one of the enum
    const mode: RayCluster['spec']['authOptions'] = { mode: 'none' };
    // @ts-expect-error the kind is a literal
    const pool: Pick<NodePool, 'kind'> = { kind: 'NodeClass' };
    const ebs: NonNullable<EC2NodeClass['spec']['blockDeviceMappings']>[number]['ebs'] = { kmsKeyID: 'k' };
    const binding: ValidatingAdmissionPolicyBinding['spec'] = {
      policyName: 'p',
      validationActions: ['Deny'],
    };
    expect([cluster, typo, mode, pool, ebs, binding]).toHaveLength(6);
  });
});

describe('imports/instance-types.json', () => {
  it('says where it is from', () => {
    const { repository, version, read, path, file } = versions.instanceTypes;
    expect(instanceTypes.source).toEqual({ repository, version, date: read, path: `${path}/${file}` });
  });

  it('has plausible facts for every type', () => {
    expect(instanceTypes.types['p5.48xlarge']).toEqual({
      vcpu: 192,
      memoryMiB: 2097152,
      allocatable: { cpu: '191450m', memory: '1938410Mi' },
      gpus: 8,
      gpuName: 'h100',
      gpuMemoryMiB: 81920,
      nvmeGB: 30400,
    });
    for (const [name, facts] of Object.entries(instanceTypes.types)) {
      expect(name).not.toContain('metal');
      expect(Number.parseInt(facts.allocatable.cpu, 10)).toBeLessThan(facts.vcpu * 1000);
      expect(Number.parseInt(facts.allocatable.memory, 10)).toBeLessThan(facts.memoryMiB);
    }
  });
});

describe('lib/import', () => {
  it('is loaded by nothing but its own command', () => {
    const lib = join(__dirname, '../../lib');
    const importers = readdirSync(lib, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.startsWith('import/'))
      .filter((path) => /(from |require\()'[./]*\/import\//.test(readFileSync(join(lib, path), 'utf8')));
    expect(importers).toEqual(['cli/import.ts']);
    expect(readFileSync(join(lib, 'cli/import.ts'), 'utf8')).not.toMatch(/^import (?!type).*import\//m);
  });
});
