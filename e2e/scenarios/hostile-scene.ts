import type { Subject } from '../api';
import { tenantsOf } from '../dist';
import { assert, type Stage } from '../scenario';
import { subjectOf } from './access';
import { victimsOf } from './hostile-objects';
import type { Scene } from './hostile-pods';
import { otherTypes } from './quota';

/** A tenant of dist/ with GPUs and a host, and what it is not granted. */
export function sceneOf({ documents }: Pick<Stage, 'documents'>): Scene {
  const ingress = documents.find(
    ({ object: { kind, metadata } }) =>
      kind === 'Ingress' && tenantsOf(documents).includes(metadata.namespace ?? ''),
  );
  const namespace = ingress?.object.metadata.namespace;
  const annotations = documents.find(
    ({ object: { kind, metadata } }) => kind === 'Namespace' && metadata.name === namespace,
  )?.object.metadata.annotations;
  const [gpuType] = annotations?.['tenantry.dev/gpu-types']?.split(',') ?? [];
  const registry = annotations?.['tenantry.dev/registries'];
  const otherTenant = tenantsOf(documents).find((name) => name !== namespace);
  const [otherType] = otherTypes(documents, namespace ?? '');
  assert(
    namespace !== undefined &&
      gpuType !== undefined &&
      registry !== undefined &&
      otherTenant !== undefined &&
      otherType !== undefined,
    'dist/ needs a tenant with GPUs and an Ingress, another tenant, and another GPU type',
  );
  return { namespace, gpuType, otherType, otherTenant, registry };
}

/** Gives members and accounts of the tenant every right in its namespace, and makes what attempts will change. */
export async function withRights(
  stage: Stage,
  run: (subjects: ReadonlyMap<string, Subject>) => Promise<void>,
): Promise<void> {
  const { api, documents } = stage;
  const scene = sceneOf(stage);
  const { namespace } = scene;
  const accounts = ['notebook', 'ray-head', 'ray-worker'];
  const members = (['admins', 'users'] as const).map(
    (role) => [role, subjectOf(stage, role, namespace)] as const,
  );
  const subjects = new Map<string, Subject>([
    ...members,
    ...accounts.map((name): [string, Subject] => [name, accountOf(namespace, name)]),
  ]);
  const groups = members.map(
    ([
      ,
      {
        groups: [name],
      },
    ]) => ({
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'Group',
      name,
    }),
  );
  const rights = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'e2e-everything', namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [...groups, ...accounts.map((name) => ({ kind: 'ServiceAccount', name, namespace }))],
  };
  const { pod, cluster } = victimsOf(scene, documents);
  const made = [rights, pod, cluster];
  try {
    for (const object of made) {
      const { status, body } = await api.create(object);
      assert(status === 201, `${object.kind}: ${status} ${body.message}`);
    }
    await run(subjects);
  } finally {
    for (const object of made) await api.delete(object);
  }
}

function accountOf(namespace: string, name: string): Subject {
  return {
    user: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  };
}
