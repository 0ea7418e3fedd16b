import type { Body, Reference } from '../api';
import { tenantsOf } from '../dist';
import { assert, type Scenario, type Stage } from '../scenario';
import { expectStatus, refresh } from './argocd-applications';
import { adding, type Change, replacing, withCommit } from './argocd-git';
import { ARGOCD, ready, TENANTS } from './argocd-install';

/** A tenant's files in Git hold what its project does not allow: none of it reaches the cluster. */
export const argocdFence: Scenario = {
  name: 'argocd-fence',
  says: "a tenant's Application writes nothing outside of its namespace, no cluster-scoped kind but its own two objects, and no kind that is not listed",
  needs: ARGOCD,
  once: true,
  run: (stage) => intrude(stage),
  twins: {
    'a project for every namespace': (stage) =>
      intrude(stage, (project) => replacing(project, /^ {4}- namespace: \S+$/gm, '    - namespace: "*"')),
    'a project for every cluster-scoped kind': (stage) =>
      intrude(stage, (project) =>
        replacing(
          project,
          '  clusterResourceWhitelist:\n',
          '  clusterResourceWhitelist:\n    - {group: "*", kind: "*"}\n',
        ),
      ),
    'a project for every namespaced kind': (stage) =>
      intrude(stage, (project) =>
        replacing(
          project,
          '  namespaceResourceWhitelist:\n',
          '  namespaceResourceWhitelist:\n    - {group: "*", kind: "*"}\n',
        ),
      ),
  },
};

/** Commits objects into the folder of one tenant that belong to nobody or to another, with what a twin changes in its project. */
async function intrude(stage: Stage, change?: (project: string) => Change): Promise<void> {
  const { api } = stage;
  await ready(stage);
  const [tenant = '', other = ''] = tenantsOf(stage.documents);
  const strangers = strangersOf(tenant, other);
  const project = change === undefined ? [] : [change(`argocd/${tenant}.yaml`)];
  const changes = [adding(`tenants/${tenant}/strangers.yaml`, strangers), ...project];
  await withCommit(stage, changes, [TENANTS, tenant], async (revision) => {
    await refresh(api, [TENANTS]);
    await expectStatus(
      api,
      TENANTS,
      ({ sync }) => sync.revision === revision && sync.status === 'Synced',
      'to be in sync',
    );
    await refresh(api, [tenant]);
    const { operationState } = await expectStatus(
      api,
      tenant,
      ({ operationState: state }) =>
        state?.syncResult?.revision === revision && state.message.includes('not valid'),
      'to be refused',
    );
    const results: Body[] = operationState.syncResult.resources;
    for (const { kind, metadata } of strangers) {
      const result = results.find((one) => one.kind === kind && one.name === metadata.name);
      assert(
        result?.message?.includes('is not permitted in project') === true,
        `${kind} ${metadata.name}: ${result?.message}`,
      );
      stage.note(`${kind} ${metadata.name}: ${result.message}`);
    }
    for (const one of strangers) {
      const { status } = await api.get(one);
      assert(status === 404, `${one.kind} ${one.metadata.name}: ${status} instead of 404`);
    }
  });
}

function strangersOf(tenant: string, other: string): Reference[] {
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'stranger', namespace: other } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'stranger' } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'stranger' } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'stranger', namespace: tenant } },
  ];
}
