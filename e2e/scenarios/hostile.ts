import type { Answer, Api, Reference, Subject } from '../api';
import { tenantsOf } from '../dist';
import { assert, type Scenario, type Stage } from '../scenario';
import { until } from '../wait';
import { subjectOf } from './access';
import { type Friends, friendly } from './hostile-friends';
import { hostileObjects, victimsOf } from './hostile-objects';
import { hostilePods, type Scene } from './hostile-pods';
import { withoutObject } from './without';

type Row = readonly [policy: string, attempt: string, send: (api: Api) => Promise<Answer>];

/**
 * Whoever asks has every right in the namespace, by mistake, so that only policies stand in the way. Nothing is kept:
 * each attempt is a dry run, which admission judges as any other.
 */
export const hostile: Scenario = {
  name: 'hostile',
  says: 'policies refuse what members and accounts of a tenant could try with all rights in its namespace, and nothing else',
  once: true,
  async run(stage) {
    const rows = rowsOf(stage);
    await withRights(stage, async (subjects) => {
      await refused(stage, rows, subjects);
      stage.note(`${rows.length} attempts refused, each as ${[...subjects.keys()].join(', ')}`);
      await accepted(stage, friendly(stage, sceneOf(stage), subjects));
    });
  },
  twins: {
    ...Object.fromEntries(
      [
        'claims',
        'gpu-type',
        'identity-token',
        'images',
        'ingresses',
        'labels',
        'namespaces',
        'node-selection',
        'own-accounts',
        'platform-objects',
        'priority-classes',
        'ray-access',
        'service-accounts',
        'services',
        'tolerations',
        'volumes',
      ].map((policy) => [`no policy ${policy}`, (stage: Stage) => withoutPolicy(stage, policy)]),
    ),
  },
};

/** Takes a policy away; every attempt that only it refuses must come through. */
function withoutPolicy(stage: Stage, policy: string): Promise<void> {
  const rows = rowsOf(stage).filter(([refuser]) => refuser === policy);
  return withoutObject(stage, 'ValidatingAdmissionPolicyBinding', `tenantry-${policy}`, () =>
    withRights(stage, (subjects) => refused(stage, rows, subjects)),
  );
}

function sceneOf({ documents }: Stage): Scene {
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
  const classes = documents.flatMap(({ object: { kind, metadata } }) =>
    kind === 'PriorityClass' ? metadata.name : [],
  );
  const otherType = classes
    .map((name) => /^tenant-gpu-(.+)$/.exec(name)?.[1])
    .find((type) => type !== undefined && type !== gpuType);
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

function rowsOf(stage: Stage): Row[] {
  const scene = sceneOf(stage);
  return [
    ...hostilePods(scene).flatMap(([policy, pods]) =>
      Object.entries(pods).map(
        ([attempt, body]): Row => [policy, attempt, (api) => api.create(body as unknown as Reference)],
      ),
    ),
    ...hostileObjects(scene, victimsOf(scene, stage.documents)).flatMap(([policy, attempts]) =>
      Object.entries(attempts).map(([attempt, send]): Row => [policy, attempt, send]),
    ),
  ];
}

/** Gives members and accounts of the tenant every right in its namespace, and makes what attempts will change. */
async function withRights(
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

/** Every attempt is refused by its policy, to everybody: what is for accounts only is tried as accounts. */
async function refused(
  stage: Stage,
  rows: readonly Row[],
  subjects: ReadonlyMap<string, Subject>,
): Promise<void> {
  const { namespace } = sceneOf(stage);
  const wrong: string[] = [];
  for (const [name, subject] of subjects) {
    const api = stage.api.dryRunAs(subject);
    try {
      await until(() => api.list({ apiVersion: 'v1', kind: 'Secret', namespace }), `rights of ${name}`);
      const concerned = rows.filter(([policy]) => policy !== 'own-accounts' || subject.user.includes(':'));
      for (const [policy, attempt, send] of concerned) {
        const { status, body } = await send(api);
        const by = `ValidatingAdmissionPolicy 'tenantry-${policy}'`;
        if (status !== 403 || body.message?.includes(by) !== true) {
          wrong.push(`${name}, ${policy}: ${attempt}: ${status} ${body.message ?? 'accepted'}`);
        }
      }
    } finally {
      api.close();
    }
  }
  assert(wrong.length === 0, `${wrong.length} not refused by their policy:\n${wrong.join('\n')}`);
}

async function accepted(stage: Stage, friends: Friends): Promise<void> {
  const wrong: string[] = [];
  for (const [subject, deeds] of friends) {
    const api = stage.api.dryRunAs(subject);
    try {
      for (const [deed, send] of Object.entries(deeds)) {
        const { status, body } = await send(api);
        if (status !== 200 && status !== 201)
          wrong.push(`${subject.user}: ${deed}: ${status} ${body.message}`);
      }
    } finally {
      api.close();
    }
  }
  assert(wrong.length === 0, `${wrong.length} refused:\n${wrong.join('\n')}`);
  const deeds = friends.flatMap(([, list]) => Object.keys(list));
  stage.note(`${deeds.length} deeds of the platform, the hub, KubeRay, Kueue and the autoscaler accepted`);
}
