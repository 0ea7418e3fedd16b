import { describe, expect, it } from '@jest/globals';
import type { Application, AppProject } from '../../imports/argoproj.io';
import type { KubernetesObject } from '../../lib/render/manifest';
import { filesOf, permits } from '../support/argocd';
import { renderManifests, renderTenant, SMALL, VISION, withSpec } from '../support/fixtures';
import { change, find, ofKind } from '../support/objects';

const objects = renderTenant(VISION);
const project = find<AppProject>(objects, 'AppProject', 'vision');
const access = find<Application>(objects, 'Application', 'vision');
const workloads = find<Application>(objects, 'Application', 'vision-workloads');
/** What the tenant's Applications apply: everything but themselves. */
const applied = (all: readonly KubernetesObject[]) =>
  all.filter(({ apiVersion }) => !apiVersion.startsWith('argoproj.io/'));

const NLP = renderTenant(SMALL);
const NLP_PROD = applied(renderTenant(withSpec(SMALL, {}, 'nlp-prod')));

/** What a project lets through that is not its tenant's, or keeps from it. */
function projectProblems(
  one: AppProject,
  own: readonly KubernetesObject[],
  others: readonly KubernetesObject[],
) {
  return [
    ...own.filter((object) => !permits(one, object)).map(({ kind }) => `refuses ${kind}`),
    ...others
      .filter((object) => permits(one, object))
      .map(({ kind, metadata }) => `lets in ${kind} ${metadata.name}`),
  ];
}

describe('AppProject of a tenant', () => {
  it('lets in what is rendered for the tenant, and nothing of others', () => {
    expect(projectProblems(project, applied(objects), [...applied(NLP), ...NLP_PROD])).toEqual([]);
  });

  it('tells apart tenants of which one is the beginning of the other', () => {
    expect(projectProblems(find<AppProject>(NLP, 'AppProject', 'nlp'), applied(NLP), NLP_PROD)).toEqual([]);
  });

  it.each<[path: (string | number)[], value: unknown, problem: string]>([
    [['spec', 'destinations', 0, 'namespace'], 'nlp*', 'lets in ConfigMap tenantry-tenant'],
    [['spec', 'clusterResourceWhitelist', 0, 'name'], 'nlp*', 'lets in Namespace nlp-prod'],
    [['spec', 'clusterResourceWhitelist', 1, 'name'], undefined, 'lets in ClusterQueue nlp-prod'],
    [['spec', 'namespaceResourceWhitelist'], [], 'refuses ResourceQuota'],
    [['spec', 'destinations', 0, 'server'], 'https://other', 'refuses ServiceAccount'],
  ])('is judged: %j = %j', (path, value, problem) => {
    const sabotaged = change(find<AppProject>(NLP, 'AppProject', 'nlp'), path, value);
    expect(projectProblems(sabotaged, applied(NLP), NLP_PROD)).toContain(problem);
  });

  it('lists exactly the kinds that charts/tenant renders', () => {
    const rendered = new Set(
      applied([...objects, ...NLP])
        .filter(({ metadata }) => metadata.namespace !== undefined)
        .map(({ apiVersion, kind }) => `${apiVersion.split('/').slice(0, -1).join('')} ${kind}`),
    );
    const listed = project.spec.namespaceResourceWhitelist?.map(({ group, kind }) => `${group} ${kind}`);
    expect(listed?.sort()).toEqual([...rendered].sort());
  });

  it('names everything one by one, without a pattern', () => {
    const { destinations, clusterResourceWhitelist, sourceRepos } = project.spec;
    expect({ destinations, clusterResourceWhitelist, sourceRepos }).toEqual({
      destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'vision' }],
      clusterResourceWhitelist: [
        { group: '', kind: 'Namespace', name: 'vision' },
        { group: 'kueue.x-k8s.io', kind: 'ClusterQueue', name: 'vision' },
        { group: '', kind: 'PersistentVolume', name: 'vision--mnist' },
      ],
      sourceRepos: ['https://github.com/example/ml-platform.git'],
    });
  });

  it('lets members look, and admins sync, within it', () => {
    expect(project.spec.roles).toEqual([
      {
        name: 'admin',
        groups: ['vision-leads'],
        policies: [
          'p, proj:vision:admin, applications, get, vision/*, allow',
          'p, proj:vision:admin, applications, sync, vision/*, allow',
        ],
      },
      {
        name: 'user',
        groups: ['tenantry:vision:users'],
        policies: ['p, proj:vision:user, applications, get, vision/*, allow'],
      },
    ]);
  });
});

describe('Applications of a tenant', () => {
  it('split its folder: Ray objects apart, nothing twice, nothing left out', () => {
    const manifests = renderManifests([VISION, SMALL]);
    const folder = [...new Set(manifests.map(({ owner }) => `dist/${owner.path}`))].filter((path) =>
      path.startsWith('dist/lab/tenants/vision/'),
    );
    expect(filesOf(workloads, manifests)).toEqual(['dist/lab/tenants/vision/ray.yaml']);
    expect([...filesOf(access, manifests), ...filesOf(workloads, manifests)].sort()).toEqual(folder.sort());
    const outside = manifests.filter(({ object, owner }) =>
      object.apiVersion.startsWith('ray.io/') ? !owner.path.endsWith('/ray.yaml') : false,
    );
    expect(outside).toEqual([]);
  });

  it('follow the revision of the cluster, into the namespace of the tenant', () => {
    for (const { spec } of [access, workloads]) {
      expect(spec).toMatchObject({
        project: 'vision',
        source: { repoURL: 'https://github.com/example/ml-platform.git', targetRevision: 'lab' },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'vision' },
      });
    }
  });

  it('sync by themselves, and let a new commit end the retries of a bad one', () => {
    for (const { spec } of [access, workloads]) {
      expect(spec.syncPolicy?.automated).toMatchObject({ prune: true, selfHeal: true });
      expect(spec.syncPolicy?.retry).toEqual({
        limit: 10,
        refresh: true,
        backoff: { duration: '30s', factor: 2, maxDuration: '10m' },
      });
      expect(spec.syncPolicy?.syncOptions).toEqual(
        expect.arrayContaining(['ServerSideApply=true', 'SkipDryRunOnMissingResource=true']),
      );
    }
  });

  it('never empty a namespace by themselves; the last Ray object may go', () => {
    expect(access.spec.syncPolicy?.automated?.allowEmpty).toBe(false);
    expect(workloads.spec.syncPolicy?.automated?.allowEmpty).toBe(true);
  });

  it('leave to the autoscaler what it writes, and apply nothing else that has not changed', () => {
    expect(workloads.spec.ignoreDifferences).toEqual([
      {
        group: 'ray.io',
        kind: 'RayCluster',
        jqPathExpressions: ['.spec.workerGroupSpecs[].replicas', '.spec.workerGroupSpecs[].scaleStrategy'],
      },
    ]);
    expect(workloads.spec.syncPolicy?.syncOptions).toContain('ApplyOutOfSyncOnly=true');
    expect(workloads.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
    });
    expect(access.spec).not.toHaveProperty('ignoreDifferences');
    // It would keep nothing more (decision 6).
    expect(JSON.stringify([access, workloads])).not.toContain('RespectIgnoreDifferences');
  });

  it('go only when a person says so, and leave what they made', () => {
    for (const { metadata } of [project, access, workloads]) {
      expect(metadata.annotations).toMatchObject({
        'argocd.argoproj.io/sync-options': 'Delete=confirm',
      });
      expect(metadata).not.toHaveProperty('finalizers');
    }
  });

  it('wait for nobody: one wave of Ray objects, the Namespace alone before the rest', () => {
    const waves = applied(objects).flatMap(({ kind, metadata }) => {
      const wave = metadata.annotations?.['argocd.argoproj.io/sync-wave'];
      return wave === undefined ? [] : [`${kind} ${wave}`];
    });
    expect(waves).toEqual(['Namespace -1']);
    for (const one of ofKind(objects, 'Application')) {
      expect(one.metadata.annotations).not.toHaveProperty(['argocd.argoproj.io/sync-wave']);
    }
  });
});
