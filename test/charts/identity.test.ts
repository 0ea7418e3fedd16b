import { describe, expect, it } from '@jest/globals';
import type { AccessEntry, PodIdentityAssociation } from '../../imports/eks.services.k8s.aws';
import { renderTenant, SMALL, VISION, withSpec } from '../support/fixtures';
import { find, ofKind } from '../support/objects';

const objects = renderTenant(VISION);
const associations = ofKind<PodIdentityAssociation>(objects, 'PodIdentityAssociation');

describe('pods of a tenant', () => {
  it('have the role of all tenants, each service account by an association of its own', () => {
    expect(associations.map(({ spec }) => spec)).toEqual(
      ['notebook', 'ray-head', 'ray-worker'].map((serviceAccount) => ({
        clusterName: 'lab',
        namespace: 'vision',
        serviceAccount,
        roleARN: 'arn:aws:iam::111122223333:role/lab-tenant',
        tags: { 'tenantry.dev/tenant': 'vision' },
      })),
    );
  });

  it('use accounts that exist, and keep the tags of their session: S3 judges by them', () => {
    for (const { metadata, spec } of associations) {
      expect(find(objects, 'ServiceAccount', spec.serviceAccount).metadata.namespace).toBe(
        metadata.namespace,
      );
      expect(spec).not.toHaveProperty('disableSessionTags');
      expect(spec).not.toHaveProperty('policy');
    }
  });

  it('lose it in AWS when it leaves Git, and when the tenant is archived', () => {
    for (const { metadata } of associations)
      expect(metadata.annotations).toEqual({ 'services.k8s.aws/deletion-policy': 'delete' });
    expect(
      ofKind(renderTenant(withSpec(VISION, { state: 'frozen' })), 'PodIdentityAssociation'),
    ).toHaveLength(3);
    expect(ofKind(renderTenant(withSpec(VISION, { state: 'archived' })), 'PodIdentityAssociation')).toEqual(
      [],
    );
  });
});

describe('members with an IAM role', () => {
  it('are in the group that the bindings of the tenant name', () => {
    const { metadata, spec } = find<AccessEntry>(objects, 'AccessEntry', 'users');
    const binding = find(objects, 'RoleBinding', 'tenantry:user') as unknown as {
      subjects: { name: string }[];
    };
    expect(spec).toEqual({
      clusterName: 'lab',
      principalARN: 'arn:aws:iam::111122223333:role/research/vision',
      kubernetesGroups: [binding.subjects.at(-1)?.name],
      tags: { 'tenantry.dev/tenant': 'vision' },
      type: 'STANDARD',
    });
    expect(metadata.annotations).toEqual({ 'services.k8s.aws/deletion-policy': 'delete' });
  });

  it('are there only where a role is named, and never of an archived tenant', () => {
    expect(ofKind(objects, 'AccessEntry')).toHaveLength(1);
    expect(ofKind(renderTenant(SMALL), 'AccessEntry')).toEqual([]);
    expect(ofKind(renderTenant(withSpec(VISION, { state: 'archived' })), 'AccessEntry')).toEqual([]);
  });
});
