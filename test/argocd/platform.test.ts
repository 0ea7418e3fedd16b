import { describe, expect, it } from '@jest/globals';
import { COMPONENTS } from '../../charts/platform/components';
import type { Application, AppProject } from '../../imports/argoproj.io';
import { reservedReason } from '../../lib/check/reserved';
import { NAMESPACE, workloads } from '../../lib/model/names';
import { admits, filesOf, permits } from '../support/argocd';
import { renderManifests, SMALL, VISION, withSpec } from '../support/fixtures';
import { change, find, ofKind } from '../support/objects';

const manifests = renderManifests([VISION, SMALL]);
const objects = manifests.map(({ object }) => object);
const applications = ofKind<Application>(objects, 'Application');
const application = (name: string) => find<Application>(objects, 'Application', name);

/** Fields of an Application that Argo CD takes away when it normalizes it: the root would put them back for ever. */
function droppedByArgo({ spec }: Application): string[] {
  const { directory } = spec.source ?? {};
  const { syncPolicy } = spec;
  return [
    ...(directory?.recurse === false ? ['directory.recurse'] : []),
    ...(directory !== undefined && Object.keys(directory).length === 0 ? ['directory'] : []),
    ...(syncPolicy !== undefined && Object.keys(syncPolicy).length === 0 ? ['syncPolicy'] : []),
  ];
}

describe('every Application', () => {
  it('is one of the platform or of a tenant', () => {
    expect(applications.map(({ metadata }) => metadata.name).sort()).toEqual([
      'admission',
      'karpenter',
      'kueue',
      'nlp',
      'nlp-workloads',
      'platform',
      'scheduling',
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

  it.each(applications.filter(({ metadata }) => metadata.name !== 'nlp-workloads'))(
    'has files to sync: $metadata.name',
    (one) => {
      expect(filesOf(one, manifests)).not.toEqual([]);
    },
  );

  it('syncs files of its own: none is synced twice, and none is left out but the roots', () => {
    const synced = applications.flatMap((one) => filesOf(one, manifests));
    const all = [...new Set(manifests.map(({ owner }) => `dist/${owner.path}`))];
    expect(synced.sort()).toEqual(all.filter((path) => path !== 'dist/lab/argocd/root/roots.yaml').sort());
  });

  it('keeps every field when Argo CD normalizes it (argo-cd#4501)', () => {
    expect(applications.flatMap(droppedByArgo)).toEqual([]);
  });

  it.each([
    [['spec', 'source', 'directory'], { recurse: false }, ['directory.recurse']],
    [['spec', 'source', 'directory'], {}, ['directory']],
    [['spec', 'syncPolicy'], {}, ['syncPolicy']],
  ])('is judged: %j = %j', (path, value, problem) => {
    expect(droppedByArgo(change(application('platform'), path, value))).toEqual(problem);
  });

  it('follows the revision of the cluster, so that promotion moves all of them', () => {
    expect(new Set(applications.map(({ spec }) => spec.source?.targetRevision))).toEqual(new Set(['lab']));
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
    for (const name of ['vision', 'vision-workloads', 'platform', 'tenants'])
      expect(wave(name)).toBeUndefined();
  });

  it('never take everything away by themselves', () => {
    for (const name of ['platform', 'tenants', ...COMPONENTS.map((component) => component.name)]) {
      expect(application(name).spec.syncPolicy?.automated?.allowEmpty).toBe(false);
    }
  });

  it('have a project that may do what tenants may not', () => {
    const platform = find<AppProject>(objects, 'AppProject', 'platform');
    const own = manifests
      .filter(({ owner }) => !owner.path.includes('/tenants/'))
      .map(({ object }) => object);
    expect(own.filter((object) => !permits(platform, object))).toEqual([]);
    expect(platform.spec.sourceRepos).toEqual(['https://github.com/example/ml-platform.git']);
  });
});

describe('names of the platform', () => {
  it.each([
    ...COMPONENTS.map(({ name }) => name),
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
