import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkFiles, checkIdentities, identify } from '../../lib/render/identity';
import { configMap, manifest } from './fixtures';

describe('identify', () => {
  it('does not count the version', () => {
    const metadata = { name: 'shared', namespace: 'vision' };
    expect(identify({ apiVersion: 'ray.io/v1', kind: 'RayCluster', metadata })).toBe(
      identify({ apiVersion: 'ray.io/v1alpha1', kind: 'RayCluster', metadata }),
    );
  });

  it('tells groups, kinds, namespaces and names apart', () => {
    const metadata = { name: 'b', namespace: 'a' };
    const objects = [
      { apiVersion: 'v1', kind: 'Service', metadata },
      { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata },
      { apiVersion: 'v1', kind: 'Secret', metadata },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'b' } },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', namespace: 'b' } },
    ];
    expect(new Set(objects.map(identify)).size).toBe(objects.length);
  });
});

describe('checkIdentities', () => {
  const same = configMap('vision', 'hub');

  it('finds nothing in objects that differ or go to other clusters', () => {
    const objects = [manifest('prod', 'a', 'x', same), manifest('staging', 'a', 'x', same)];
    expect(
      checkIdentities([...objects, manifest('prod', 'nlp', 'x'), manifest('prod', 'nlp-prod', 'x')]),
    ).toEqual([]);
  });

  it('names both owners of one object', () => {
    const issues = checkIdentities([manifest('prod', 'b', 'x', same), manifest('prod', 'a', 'y', same)]);
    expect(issues).toEqual([
      {
        level: 'error',
        rule: 'duplicate-object',
        message:
          'ConfigMap vision/hub is rendered twice: by tenants/a.yaml (prod/tenants/a/y.yaml) and tenants/b.yaml (prod/tenants/b/x.yaml)',
        source: { file: 'tenants/a.yaml', line: 1, column: 1 },
        hint: 'rename or remove all but one',
      },
    ]);
  });

  it('finds an object that one owner makes twice', () => {
    const twice = manifest('prod', 'a', 'x', same);
    expect(checkIdentities([twice, twice])).toMatchObject([
      { message: 'ConfigMap vision/hub is rendered twice: by tenants/a.yaml (prod/tenants/a/x.yaml)' },
    ]);
  });

  it('says the same for any order', () => {
    const many = ['c', 'a', 'b'].map((tenant) => manifest('prod', tenant, 'x', same));
    const want = checkIdentities(many);
    expect(want).toMatchObject([
      { message: expect.stringContaining('is rendered 3 times: by tenants/a.yaml (') },
    ]);
    fc.assert(
      fc.property(fc.shuffledSubarray(many, { minLength: 3 }), (shuffled) => {
        expect(checkIdentities(shuffled)).toEqual(want);
      }),
    );
  });
});

describe('checkFiles', () => {
  const at = (source: string, path: string) => {
    const { object } = manifest('prod', 'vision', 'x');
    return { object, owner: { source, cluster: 'prod', path } };
  };

  it('lets one source write many objects to one file', () => {
    expect(
      checkFiles([at('a.yaml', 'p/x.yaml'), at('a.yaml', 'p/x.yaml'), at('b.yaml', 'p/y.yaml')]),
    ).toEqual([]);
  });

  it('names two sources of one file', () => {
    expect(checkFiles([at('b.yaml', 'p/x.yaml'), at('a.yaml', 'p/x.yaml')])).toMatchObject([
      {
        rule: 'duplicate-file',
        message: 'one output file would be written 2 times: by a.yaml (p/x.yaml) and b.yaml (p/x.yaml)',
        source: { file: 'a.yaml' },
      },
    ]);
  });

  it('finds paths that differ in case only', () => {
    expect(checkFiles([at('a.yaml', 'p/x.yaml'), at('a.yaml', 'P/x.yaml')])).toMatchObject([
      { message: 'one output file would be written 2 times: by a.yaml (P/x.yaml) and a.yaml (p/x.yaml)' },
    ]);
  });

  it('finds a file where another needs a folder', () => {
    expect(checkFiles([at('a.yaml', 'p/x'), at('b.yaml', 'p/x/y/z.yaml')])).toMatchObject([
      { message: 'a folder would be a file too: by a.yaml (p/x) and b.yaml (p/x/y/z.yaml)' },
    ]);
  });
});
