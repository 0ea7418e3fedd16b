import { describe, expect, it } from '@jest/globals';
import type { k8s } from 'cdk8s-plus-28';
import type { KubernetesObject } from '../../lib/render/manifest';
import { renderAll, renderTenant, SMALL, VISION, withSpec } from '../support/fixtures';
import { change, find, ofKind } from '../support/objects';

interface Role extends KubernetesObject {
  readonly rules: readonly k8s.PolicyRule[];
}
interface Binding extends KubernetesObject {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}

const objects = renderTenant(VISION);
const READ = ['get', 'list', 'watch'];

/** What a role of a tenant must never hold (properties P11 to P14). */
function forbidden({ rules }: Role): string[] {
  return rules.flatMap(({ apiGroups = [], resources = [], verbs }) => [
    ...[...apiGroups, ...resources, ...verbs].filter((item) => item === '*'),
    ...verbs.filter((verb) => ['escalate', 'bind', 'impersonate'].includes(verb)),
    ...resources.filter((name) =>
      /^(secrets|nodes|persistentvolumes)\b|\/(exec|attach|portforward|proxy|token)$/.test(name),
    ),
    ...(verbs.every((verb) => READ.includes(verb))
      ? []
      : resources.filter((name) => PLATFORM_OWNED.has(name))),
  ]);
}

/** Tenants may read these at most. */
const PLATFORM_OWNED = new Set([
  'clusterqueues',
  'configmaps',
  'events',
  'limitranges',
  'localqueues',
  'namespaces',
  'networkpolicies',
  'podidentityassociations',
  'rayclusters',
  'raycronjobs',
  'rayservices',
  'resourcequotas',
  'rolebindings',
  'roles',
  'serviceaccounts',
  'services',
  'workloads',
]);

describe('roles of a tenant', () => {
  const roles = ofKind<Role>(objects, 'Role');

  it('hold nothing that opens the namespace or leads out of it', () => {
    expect(roles.map(({ metadata }) => metadata.name).sort()).toEqual([
      'tenantry:admin',
      'tenantry:hub',
      'tenantry:notebook',
      'tenantry:user',
    ]);
    expect(roles.flatMap(forbidden)).toEqual([]);
  });

  it.each<[path: (string | number)[], value: unknown, problem: string]>([
    [['rules', 0, 'verbs', 0], '*', '*'],
    [['rules', 0, 'resources', 0], '*', '*'],
    [['rules', 0, 'resources', 0], 'secrets', 'secrets'],
    [['rules', 0, 'resources', 0], 'pods/exec', 'pods/exec'],
    [['rules', 0, 'resources', 0], 'serviceaccounts/token', 'serviceaccounts/token'],
    [['rules', 0, 'verbs', 0], 'impersonate', 'impersonate'],
    [['rules', 2, 'verbs', 0], 'create', 'rayclusters'],
    [['rules', 3, 'verbs', 0], 'patch', 'localqueues'],
  ])('are judged: %j = %s', (path, value, problem) => {
    const sabotaged = change(find<Role>(objects, 'Role', 'tenantry:user'), path, value);
    expect(forbidden(sabotaged)).toContain(problem);
  });

  it('cannot have the name of a RayCluster, which KubeRay gives the role of its autoscaler', () => {
    for (const { metadata } of roles) expect(metadata.name).not.toMatch(/^[a-z]([-a-z0-9]*[a-z0-9])?$/);
  });

  it('let members read what runs, and write nothing but jobs; admins may also end what hangs', () => {
    const read = (group: string, ...resources: string[]) => ({ apiGroups: [group], resources, verbs: READ });
    const jobs = { apiGroups: ['ray.io'], resources: ['rayjobs'], verbs: [...READ, 'create', 'delete'] };
    const claims = ['persistentvolumeclaims', 'resourcequotas', 'limitranges'];
    const { rules } = find<Role>(objects, 'Role', 'tenantry:user');
    expect(rules).toEqual([
      read('', 'pods', 'pods/log', 'services', 'events', ...claims),
      read('events.k8s.io', 'events'),
      read('ray.io', 'rayclusters', 'rayservices', 'raycronjobs'),
      read('kueue.x-k8s.io', 'localqueues', 'workloads'),
      jobs,
    ]);
    expect(find<Role>(objects, 'Role', 'tenantry:notebook').rules).toEqual([
      jobs,
      read('kueue.x-k8s.io', 'workloads'),
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['tenantry-jobs'], verbs: ['get'] },
    ]);
    expect(find<Role>(objects, 'Role', 'tenantry:admin').rules).toEqual([
      ...rules,
      { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
    ]);
  });

  it('let the hub spawn, and read the one ConfigMap', () => {
    expect(find<Role>(objects, 'Role', 'tenantry:hub').rules).toEqual([
      {
        apiGroups: [''],
        resources: ['pods', 'persistentvolumeclaims'],
        verbs: [...READ, 'create', 'delete'],
      },
      { apiGroups: [''], resources: ['events'], verbs: READ },
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['tenantry-tenant'], verbs: ['get'] },
    ]);
  });

  it('give notebooks nothing where submitJobs is false', () => {
    const closed = renderTenant(withSpec(VISION, { notebooks: { submitJobs: false } }));
    const names = [...ofKind(closed, 'Role'), ...ofKind(closed, 'RoleBinding')].map(
      ({ metadata }) => metadata.name,
    );
    expect(new Set(names)).toEqual(new Set(['tenantry:admin', 'tenantry:user', 'tenantry:hub']));
  });
});

describe('bindings of a tenant', () => {
  it('bind each role to its one subject', () => {
    const bindings = ofKind<Binding>(objects, 'RoleBinding');
    for (const { roleRef, metadata } of bindings) {
      expect(roleRef).toEqual({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name });
    }
    expect(Object.fromEntries(bindings.map(({ metadata, subjects }) => [metadata.name, subjects]))).toEqual({
      'tenantry:admin': [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'vision-leads' }],
      'tenantry:user': [
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'tenantry:vision:users' },
      ],
      'tenantry:hub': [{ kind: 'ServiceAccount', name: 'hub', namespace: 'jupyterhub' }],
      'tenantry:notebook': [{ kind: 'ServiceAccount', name: 'notebook', namespace: 'vision' }],
    });
  });

  it('never reach over the namespace: no cluster role, no aggregation', () => {
    const all = renderAll([VISION, SMALL]).filter(
      ({ metadata }) => metadata.labels?.['tenantry.dev/tenant'] !== undefined,
    );
    expect(all.length).toBeGreaterThan(0);
    expect([...ofKind(all, 'ClusterRoleBinding'), ...ofKind(all, 'ClusterRole')]).toEqual([]);
    expect(JSON.stringify(all)).not.toContain('aggregate-to-');
  });
});

describe('service accounts of a tenant', () => {
  it('are one a role, and mount no token by themselves', () => {
    const accounts = ofKind(objects, 'ServiceAccount');
    expect(
      Object.fromEntries(accounts.map((a) => [a.metadata.name, a.automountServiceAccountToken])),
    ).toEqual({
      default: false,
      notebook: false,
      'ray-head': false,
      'ray-worker': false,
    });
  });
});
