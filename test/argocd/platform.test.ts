import { describe, expect, it } from '@jest/globals';
import { COMPONENTS } from '../../charts/platform/components';
import type { Application, AppProject } from '../../imports/argoproj.io';
import { reservedReason } from '../../lib/check/reserved';
import { NAMESPACE, workloads } from '../../lib/model/names';
import { admits, filesOf, permits } from '../support/argocd';
import { CLUSTER, renderManifests, SMALL, VISION, withSpec } from '../support/fixtures';
import { change, find, ofKind } from '../support/objects';

const manifests = renderManifests([VISION, SMALL]);
const objects = manifests.map(({ object }) => object);
const applications = ofKind<Application>(objects, 'Application');
/** Applications of dist/; the others take charts and CRDs from elsewhere, see operators.test.ts. */
const own = applications.filter(({ spec }) => spec.source?.repoURL === CLUSTER.spec.git.url);
const application = (name: string) => find<Application>(objects, 'Application', name);

/** Fields of an Application that Argo CD takes away when it normalizes it: the root would put them back for ever. */
function droppedByArgo({ spec }: Application): string[] {
  const { directory, helm } = spec.source ?? {};
  const { syncPolicy } = spec;
  return [
    ...(directory?.recurse === false ? ['directory.recurse'] : []),
    ...(helm?.skipCrds === false ? ['helm.skipCrds'] : []),
    ...(helm?.skipSchemaValidation === false ? ['helm.skipSchemaValidation'] : []),
    ...(directory !== undefined && Object.keys(directory).length === 0 ? ['directory'] : []),
    ...(syncPolicy !== undefined && Object.keys(syncPolicy).length === 0 ? ['syncPolicy'] : []),
  ];
}

describe('every Application', () => {
  it('is one of the platform or of a tenant', () => {
    expect(own.map(({ metadata }) => metadata.name).sort()).toEqual([
      'admission',
      'argo-cd-config',
      'cert-manager-config',
      'external-secrets-config',
      'hub-access',
      'karpenter-config',
      'kueue-config',
      'namespaces',
      'nlp',
      'nlp-workloads',
      'platform',
      'scheduling',
      'storage',
      'tenants',
      'vision',
      'vision-workloads',
    ]);
  });

  it.each(applications)('is admitted by its project: $metadata.name', (one) => {
    const project = find<AppProject>(objects, 'AppProject', one.spec.project);
    expect(one.spec.project).not.toBe('default');
    expect(admits(project, one)).toBe(true);
  });

  it.each(own.filter(({ metadata }) => metadata.name !== 'nlp-workloads'))(
    'has files to sync: $metadata.name',
    (one) => {
      expect(filesOf(one, manifests)).not.toEqual([]);
    },
  );

  it('syncs files of its own: none is synced twice, and none is left out but the roots', () => {
    const synced = own.flatMap((one) => filesOf(one, manifests));
    const all = [...new Set(manifests.map(({ owner }) => `dist/${owner.path}`))];
    expect(synced.sort()).toEqual(all.filter((path) => path !== 'dist/lab/argocd/root/roots.yaml').sort());
  });

  it('keeps every field when Argo CD normalizes it (argo-cd#4501)', () => {
    expect(applications.flatMap(droppedByArgo)).toEqual([]);
  });

  it.each([
    [['spec', 'source', 'directory'], { recurse: false }, ['directory.recurse']],
    [['spec', 'source', 'directory'], {}, ['directory']],
    [['spec', 'source', 'helm'], { skipCrds: false }, ['helm.skipCrds']],
    [['spec', 'syncPolicy'], {}, ['syncPolicy']],
  ])('is judged: %j = %j', (path, value, problem) => {
    expect(droppedByArgo(change(application('platform'), path, value))).toEqual(problem);
  });

  it('follows the revision of the cluster, so that promotion moves all of them', () => {
    expect(new Set(own.map(({ spec }) => spec.source?.targetRevision))).toEqual(new Set(['lab']));
  });
});

describe('admission by a project', () => {
  it.each([
    [['spec', 'destination', 'namespace'], 'nlp'],
    [['spec', 'destination', 'server'], 'https://other'],
    [['spec', 'source', 'repoURL'], 'https://github.com/example/other.git'],
  ])('is judged: %j = %s', (path, value) => {
    const project = find<AppProject>(objects, 'AppProject', 'vision');
    expect(admits(project, change(application('vision'), path, value))).toBe(false);
  });
});

describe('the roots', () => {
  it('are two: components wait for each other in waves, tenants wait for nobody', () => {
    expect(application('platform').spec.source?.path).toBe('dist/lab/argocd/platform');
    expect(application('tenants').spec.source?.path).toBe('dist/lab/argocd');
    const wave = (name: string) => application(name).metadata.annotations?.['argocd.argoproj.io/sync-wave'];
    for (const { name, wave: want } of COMPONENTS) expect(wave(name)).toBe(String(want));
    expect(wave('kueue-config')).toBe(String(Number(wave('kueue')) + 1));
    expect(wave('kuberay-crds')).toBe('0');
    for (const name of ['vision', 'vision-workloads', 'platform', 'tenants'])
      expect(wave(name)).toBeUndefined();
  });

  it('never take everything away by themselves', () => {
    for (const { spec } of applications.filter(({ metadata }) => metadata.name !== 'nlp-workloads')) {
      if (spec.project === 'platform') expect(spec.syncPolicy?.automated?.allowEmpty).toBe(false);
    }
  });

  it('take no tenant away: a removed file waits for a person, and holds nobody up', () => {
    expect(application('tenants').spec.syncPolicy?.automated).toMatchObject({ prune: false, selfHeal: true });
    expect(application('platform').spec.syncPolicy?.automated).toMatchObject({ prune: true, selfHeal: true });
  });

  it('have a project that may do what tenants may not', () => {
    const platform = find<AppProject>(objects, 'AppProject', 'platform');
    const theirs = manifests
      .filter(({ owner }) => !owner.path.includes('/tenants/'))
      .map(({ object }) => object);
    expect(theirs.filter((object) => !permits(platform, object))).toEqual([]);
    expect(platform.spec.sourceRepos?.[0]).toBe('https://github.com/example/ml-platform.git');
    // A pattern would let a repository in that nobody chose.
    expect(platform.spec.sourceRepos?.filter((url) => url.includes('*'))).toEqual([]);
  });
});

describe('names of the platform', () => {
  it.each([
    ...applications
      .filter(({ spec }) => spec.project === 'platform')
      .map(({ metadata }) => metadata.name ?? ''),
    ...Object.values(NAMESPACE),
    'platform',
    'tenants',
    'root',
    workloads('nlp'),
  ])('cannot be a tenant: %s', (name) => {
    expect(reservedReason(name)).toBeDefined();
  });

  it.each(['nlp', 'nlp-prod', 'workloads', 'platform-team'])('leave room for %s', (name) => {
    expect(reservedReason(name)).toBeUndefined();
  });

  it('do not collide when one tenant is the beginning of another', () => {
    const all = renderManifests([SMALL, withSpec(SMALL, {}, 'nlp-prod')]).map(({ object }) => object);
    const names = ofKind(all, 'Application').map(({ metadata }) => metadata.name);
    expect(new Set(names).size).toBe(names.length);
  });
});
