import { describe, expect, it } from '@jest/globals';
import { COMPONENTS } from '../../charts/platform/components';
import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  ValidatingAdmissionPolicy,
} from '../../imports/core';
import type { Cohort, ResourceFlavor } from '../../imports/kueue.x-k8s.io';
import type { KubernetesObject } from '../../lib/render/manifest';
import { CLUSTER, renderAll, renderTenant, VISION } from '../support/fixtures';
import { find, ofKind } from '../support/objects';

const objects = renderAll([]);

describe('PriorityClass', () => {
  it('is one for CPU pods and one a GPU type: they count, they do not rank', () => {
    const classes = ofKind<KubernetesObject>(objects, 'PriorityClass');
    expect(classes.map(({ metadata }) => metadata.name)).toEqual([
      'tenant-cpu',
      'tenant-gpu-a10g',
      'tenant-gpu-h100',
      'tenant-gpu-l4',
    ]);
    for (const one of classes) {
      // Below what Kubernetes keeps for itself: user classes end at a billion.
      expect(one).toMatchObject({ value: 1000, preemptionPolicy: 'Never', globalDefault: false });
    }
  });
});

describe('ResourceFlavor', () => {
  it('is one for CPU nodes and one a GPU type, selected and tainted as the pools are', () => {
    const flavors = ofKind<ResourceFlavor>(objects, 'ResourceFlavor');
    expect(Object.fromEntries(flavors.map(({ metadata, spec }) => [metadata.name, spec]))).toEqual({
      cpu: { nodeLabels: { 'tenantry.dev/gpu-type': 'none' } },
      ...Object.fromEntries(
        ['a10g', 'h100', 'l4'].map((type) => [
          type,
          {
            nodeLabels: { 'tenantry.dev/gpu-type': type },
            nodeTaints: [{ key: 'nvidia.com/gpu', value: type, effect: 'NoSchedule' }],
          },
        ]),
      ),
    });
  });

  it('lends within one cohort, which exists', () => {
    expect(ofKind<Cohort>(objects, 'Cohort').map(({ metadata }) => metadata.name)).toEqual(['tenants']);
    expect(find(renderTenant(VISION), 'ClusterQueue', 'vision')).toMatchObject({
      spec: { cohortName: 'tenants' },
    });
  });
});

describe('the queue of jobs', () => {
  const policy = find<MutatingAdmissionPolicy>(objects, 'MutatingAdmissionPolicy', 'tenantry-job-queue');
  const binding = find<MutatingAdmissionPolicyBinding>(
    objects,
    'MutatingAdmissionPolicyBinding',
    'tenantry-job-queue',
  );

  it('is written on every RayJob in every namespace of a tenant, whoever makes it', () => {
    expect(policy.spec).toMatchObject({
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      mutations: [{ patchType: 'ApplyConfiguration' }],
      matchConstraints: {
        // Whatever version of the API somebody writes in.
        matchPolicy: 'Equivalent',
        namespaceSelector: { matchExpressions: [{ key: 'tenantry.dev/tenant', operator: 'Exists' }] },
        objectSelector: {},
        resourceRules: [
          {
            apiGroups: ['ray.io'],
            apiVersions: ['v1'],
            resources: ['rayjobs'],
            operations: ['CREATE'],
            scope: '*',
          },
        ],
      },
    });
    expect(policy.spec?.mutations?.[0]?.applyConfiguration?.expression).toContain(
      'spec: Object.spec{ttlSecondsAfterFinished: 0}',
    );
    expect(policy.spec).not.toHaveProperty('matchConditions');
    expect(binding.spec).toEqual({ policyName: policy.metadata.name });
  });

  it('is the one queue that every tenant has', () => {
    const expression = policy.spec?.mutations?.[0]?.applyConfiguration?.expression ?? '';
    const [, queue] = /"kueue\.x-k8s\.io\/queue-name": "([a-z]+)"/.exec(expression) ?? [];
    expect(find(renderTenant(VISION), 'LocalQueue', queue ?? '')).toBeDefined();
    expect(find(renderTenant(VISION), 'Namespace', 'vision').metadata).toMatchObject({
      labels: { 'tenantry.dev/tenant': 'vision' },
      annotations: { 'tenantry.dev/queue': queue },
    });
  });
});

describe('the type of a GPU', () => {
  const policy = find<ValidatingAdmissionPolicy>(objects, 'ValidatingAdmissionPolicy', 'tenantry-gpu-type');
  const text = JSON.stringify(policy.spec);

  it('is judged on every pod in every namespace of a tenant, whoever makes it', () => {
    expect(policy.spec).toMatchObject({
      failurePolicy: 'Fail',
      matchConstraints: {
        namespaceSelector: { matchExpressions: [{ key: 'tenantry.dev/tenant', operator: 'Exists' }] },
        objectSelector: {},
        resourceRules: [{ apiGroups: [''], resources: ['pods'], operations: ['CREATE'] }],
      },
    });
    expect(policy.spec).not.toHaveProperty('matchConditions');
    expect(find(objects, 'ValidatingAdmissionPolicyBinding', 'tenantry-gpu-type')).toMatchObject({
      spec: { policyName: 'tenantry-gpu-type', validationActions: ['Deny'] },
    });
  });

  it('is read where namespaces, pods and quotas have it', () => {
    const [, prefix = ''] = /variables\.class == '([^']+)' \+ variables\.type/.exec(text) ?? [];
    for (const type of Object.keys(CLUSTER.spec.gpuTypes)) {
      expect(find(objects, 'PriorityClass', prefix + type)).toBeDefined();
    }
    const [annotation = '', label = ''] = ['tenantry.dev/gpu-types', 'tenantry.dev/gpu-type'];
    expect(text).toContain(`annotations[?'${annotation}']`);
    expect(text).toContain(`object.spec.?nodeSelector[?'${label}']`);
    expect(find(renderTenant(VISION), 'Namespace', 'vision').metadata.annotations).toHaveProperty([
      annotation,
    ]);
    expect(JSON.stringify(find(renderTenant(VISION), 'RayCluster', 'training'))).toContain(
      `"${label}":"a10g"`,
    );
  });
});

describe('components', () => {
  it('have names of their own, and start with what pods of the others refer to', () => {
    const waves = COMPONENTS.map(({ name, wave }): [string, number] => [name, wave]);
    expect(new Set(waves.map(([name]) => name)).size).toBe(waves.length);
    expect(Object.fromEntries(waves)).toMatchObject({ namespaces: 0, scheduling: 0, admission: 0 });
  });

  it('are what every object of the platform is labelled with', () => {
    const own = objects.filter(({ metadata }) => metadata.namespace !== 'argocd');
    const names = COMPONENTS.map(({ name }) => name);
    for (const { metadata } of own) expect(names).toContain(metadata.labels?.['app.kubernetes.io/component']);
    expect(new Set(own.map(({ metadata }) => metadata.labels?.['app.kubernetes.io/managed-by']))).toEqual(
      new Set(['tenantry']),
    );
  });
});
