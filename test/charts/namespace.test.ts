import { describe, expect, it } from '@jest/globals';
import type { KubernetesObject } from '../../lib/render/manifest';
import { renderTenant, SMALL, VISION, withSpec } from '../support/fixtures';
import { change, find } from '../support/objects';

const namespace = (tenant = VISION) => find(renderTenant(tenant), 'Namespace', tenant.metadata.name);

/** Pod Security of a Namespace: the API server takes a misspelled key or level without a word, so both are judged here. */
function podSecurity({ metadata }: KubernetesObject, level: string): string[] {
  const labels = metadata.labels ?? {};
  const want = new Map(
    ['enforce', 'audit', 'warn'].flatMap((mode): [string, string][] => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, 'v1.36'],
    ]),
  );
  return [...want].filter(([key, value]) => labels[key] !== value).map(([key]) => key);
}

describe('Namespace', () => {
  it('enforces, audits and warns of restricted, in the version of the cluster', () => {
    expect(podSecurity(namespace(), 'restricted')).toEqual([]);
  });

  it.each([
    ['pod-security.kubernetes.io/enforce', 'privileged'],
    ['pod-security.kubernetes.io/enforce-version', 'latest'],
    ['pod-security.kubernetes.io/audit', undefined],
    ['pod-security.kubernetes.io/warn-version', 'v1.35'],
  ])('is judged: %s = %s', (label, value) => {
    expect(podSecurity(change(namespace(), ['metadata', 'labels', label], value), 'restricted')).toEqual([
      label,
    ]);
  });

  it('goes down to baseline only with the reason on it', () => {
    const reason = 'runs a legacy image as root until May';
    const lowered = namespace(withSpec(SMALL, { podSecurity: { level: 'baseline', reason } }));
    expect(podSecurity(lowered, 'baseline')).toEqual([]);
    expect(lowered.metadata.annotations).toMatchObject({ 'tenantry.dev/pod-security-reason': reason });
    expect(namespace().metadata.annotations).not.toHaveProperty(['tenantry.dev/pod-security-reason']);
  });

  it('carries what admission policies read, and asks before it goes', () => {
    expect(namespace().metadata).toEqual({
      name: 'vision',
      labels: expect.objectContaining({
        'app.kubernetes.io/managed-by': 'tenantry',
        'tenantry.dev/tenant': 'vision',
        'tenantry.dev/cost-center': '4711',
      }),
      annotations: {
        'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm',
        'argocd.argoproj.io/sync-wave': '-1',
        'tenantry.dev/owner': 'ada@example.com',
        'tenantry.dev/display-name': 'Computer Vision',
        'tenantry.dev/gpu-types': 'a10g,h100',
        'tenantry.dev/hosts': 'chat.ml.example.com',
        'tenantry.dev/registries': 'registry.example.com',
        'tenantry.dev/queue': 'jobs',
        'tenantry.dev/volumes': 'vision--mnist',
      },
    });
  });

  it('says of a tenant without GPUs that none is granted', () => {
    expect(namespace(SMALL).metadata.annotations).toMatchObject({
      'tenantry.dev/gpu-types': '',
      'tenantry.dev/display-name': 'nlp',
    });
  });
});
