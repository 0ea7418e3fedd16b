import { type Asker, mayDo } from '../../lib/proofs/rights';
import type { KubernetesObject } from '../../lib/render/manifest';
import type { Subject } from '../api';
import { tenantsOf } from '../dist';
import { assert, type Scenario, type Stage } from '../scenario';
import { isAllowed, QUESTIONS } from './access';

/** What the proof about rights says and what the authorizer says are one, for everybody everywhere. */
export const rbacProof: Scenario = {
  name: 'rbac-proof',
  says: 'the rights that `tenantry check` computes from dist/ are those of the authorizer: all subjects, tenants and questions',
  async run(stage) {
    const asked = await agree(stage, subjectsOf(stage), objectsOf(stage));
    stage.note(`${asked.pairs} answers agree, of which ${asked.allowed} allow`);
  },
  twins: {
    'a role less in what is computed from': (stage) =>
      agree(
        stage,
        subjectsOf(stage),
        objectsOf(stage).filter(({ kind, metadata }) => kind !== 'Role' || metadata.name !== 'tenantry:user'),
      ).then(() => undefined),
    'a binding in the namespace of another': async (stage) => {
      const [own, other] = tenantsOf(stage.documents);
      const binding = {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'e2e-elsewhere', namespace: other ?? '' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'tenantry:user' },
        subjects: [{ kind: 'ServiceAccount', name: 'ray-worker', namespace: own }],
      };
      await stage.api.create(binding);
      try {
        await agree(stage, [accountOf(own ?? '', 'ray-worker')], objectsOf(stage));
      } finally {
        await stage.api.delete(binding);
      }
    },
  },
};

function objectsOf({ documents }: Stage): KubernetesObject[] {
  return documents.map(({ object }) => object as unknown as KubernetesObject);
}

/** Everybody whom a binding of a tenant names, and accounts that none names. */
function subjectsOf(stage: Stage): Subject[] {
  const tenants = tenantsOf(stage.documents);
  const groups = objectsOf(stage)
    .filter(({ kind, metadata }) => kind === 'RoleBinding' && tenants.includes(metadata.namespace ?? ''))
    .flatMap(({ subjects }) => subjects as { kind: string; name: string }[])
    .flatMap(({ kind, name }) => (kind === 'Group' ? [name] : []));
  return [
    ...[...new Set(groups)].map((group) => ({ user: 'somebody', groups: [group, 'system:authenticated'] })),
    ...tenants.flatMap((tenant) =>
      ['notebook', 'ray-head', 'ray-worker', 'default'].map((name) => accountOf(tenant, name)),
    ),
    accountOf('jupyterhub', 'hub'),
  ];
}

function accountOf(namespace: string, name: string): Subject {
  return {
    user: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  };
}

/** Asks both about every subject in every namespace of a tenant, in one of the platform and in the whole cluster. */
async function agree(
  stage: Stage,
  subjects: readonly Asker[],
  objects: readonly KubernetesObject[],
): Promise<{ pairs: number; allowed: number }> {
  const places = [...tenantsOf(stage.documents), 'kube-system', undefined];
  const wrong: string[] = [];
  let pairs = 0;
  let allowed = 0;
  for (const subject of subjects) {
    for (const namespace of places) {
      await Promise.all(
        QUESTIONS.map(async (question) => {
          const { verb, group } = question;
          const resource = [question.resource, question.subresource].filter(Boolean).join('/');
          const computed = mayDo(objects, subject, {
            verb,
            group,
            resource,
            ...(namespace && { namespace }),
          });
          const answer = await isAllowed(stage, subject, question, namespace);
          pairs += 1;
          if (answer) allowed += 1;
          if (answer === computed) return;
          wrong.push(
            `${subject.groups[0]} ${subject.user}: ${verb} ${resource} in ${namespace ?? 'the cluster'}: the authorizer says ${answer}`,
          );
        }),
      );
    }
  }
  assert(wrong.length === 0, `${wrong.length} of ${pairs} differ:\n${wrong.sort().slice(0, 20).join('\n')}`);
  return { pairs, allowed };
}
