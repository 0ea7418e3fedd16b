import { describe, expect, it } from '@jest/globals';
import type { KubernetesObject } from '../../lib/render/manifest';
import { CLUSTER, renderTenant, SMALL, VISION } from '../support/fixtures';
import { find } from '../support/objects';

interface ConfigMap extends KubernetesObject {
  readonly data: Readonly<Record<string, string>>;
}

function config(tenant = VISION): Record<string, unknown> {
  const { data } = find<ConfigMap>(renderTenant(tenant), 'ConfigMap', 'tenantry-tenant');
  return JSON.parse(data['tenant.json'] ?? '') as Record<string, unknown>;
}

describe('what the hub learns of a tenant', () => {
  it('is state, members, profiles by name, and addresses of Ray', () => {
    expect(config()).toEqual({
      displayName: 'Computer Vision',
      state: 'active',
      members: { admins: ['ada'], users: ['alan', 'edsger'] },
      groups: { admins: 'vision-leads', users: 'tenantry:vision:users' },
      profiles: ['small', 'gpu'],
      home: '50Gi',
      idleTimeoutSeconds: 1800,
      submitJobs: true,
      datasets: [{ name: 'mnist', claim: 'dataset-mnist', path: '/data/mnist' }],
      secrets: ['hub-token'],
      ray: [
        {
          name: 'training',
          address: 'ray://training-head-svc.vision.svc.cluster.local:10001',
          dashboard: 'http://training-head-svc.vision.svc.cluster.local:8265',
          rayVersion: '2.60.0',
          pythonVersion: '3.12',
        },
      ],
    });
  });

  it('is complete for a tenant that chose nothing', () => {
    expect(config(SMALL)).toMatchObject({
      displayName: 'nlp',
      members: { admins: ['grace'], users: [] },
      profiles: CLUSTER.spec.defaults.profiles,
      home: '20Gi',
      idleTimeoutSeconds: 3600,
      datasets: [],
      ray: [],
    });
  });

  it('says nothing that the hub must take from its own catalogue, nor the namespace', () => {
    const text = JSON.stringify(config());
    for (const word of ['registry.example.com', 'toleration', 'nvidia', 'namespace'])
      expect(text).not.toContain(word);
  });
});
