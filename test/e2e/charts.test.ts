import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { schemasWith } from '../../e2e/charts/definitions';
import { podFindings, randomFindings, shapeFindings } from '../../e2e/charts/judge';
import { sharedObjects } from '../../e2e/charts/outcome';
import { type Release, releasesOf } from '../../e2e/charts/release';
import { CHARTS } from '../../lib/model/charts';
import type { KubernetesObject } from '../../lib/render/manifest';
import { withFolder } from '../render/fixtures';

const ROOT = join(__dirname, '../..');
const DIST = join(ROOT, 'dist');

const RELEASE: Release = {
  application: 'farm',
  namespace: 'farm',
  repoURL: 'charts.example.com',
  chart: 'farm',
  version: '1.0.0',
  name: 'farm',
  values: {},
  skipCrds: true,
  skipSchemaValidation: false,
  ignored: [],
};

const secret = (data: Record<string, string>, name = 'ca'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name },
  data,
});

const DEFINITION: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'barns.farm.example.com' },
  spec: {
    group: 'farm.example.com',
    scope: 'Namespaced',
    names: { kind: 'Barn', plural: 'barns' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              apiVersion: { type: 'string' },
              kind: { type: 'string' },
              spec: { type: 'object', properties: { doors: { type: 'integer' } } },
            },
          },
        },
      },
      { name: 'v1alpha1', served: false, storage: false, schema: { openAPIV3Schema: { type: 'object' } } },
    ],
  },
};

const barn = (spec: object, version = 'v1'): KubernetesObject => ({
  apiVersion: `farm.example.com/${version}`,
  kind: 'Barn',
  metadata: { name: 'red', namespace: 'farm' },
  spec,
});

describe('what Applications say about charts', () => {
  it('is read from dist/, in every cluster, for every chart of versions.yaml', () => {
    const crdCharts = Object.values(CHARTS).flatMap(({ crds }) => crds.flatMap(({ chart = [] }) => chart));
    const want = [...Object.values(CHARTS).map(({ chart }) => chart), ...crdCharts].sort();
    for (const cluster of readdirSync(DIST)) {
      expect(
        releasesOf(DIST, cluster)
          .map(({ chart }) => chart)
          .sort(),
      ).toEqual(want);
    }
  });
});

describe('findings', () => {
  const lookUp = schemasWith([DEFINITION]);

  it.each([
    [DEFINITION, []],
    [barn({ doors: 2 }), []],
    [barn({ doors: 'two' }), ['Barn farm/red: spec.doors must be integer, not string']],
    [barn({ windows: 2 }), ['Barn farm/red: spec.windows unknown field "windows"']],
    [barn({}, 'v1alpha1'), ['Barn farm/red: no schema for farm.example.com/v1alpha1']],
    [secret({ ca: 'YQ==' }), []],
  ])('judge an object by what the charts define, or by imports/: %#', (object, want) => {
    expect(shapeFindings([object], lookUp)).toEqual(want);
  });

  it('name what is another one at each rendering, unless the Application ignores it', () => {
    const [first, second] = [[secret({ ca: 'YQ==', kind: 'x' })], [secret({ ca: 'Yg==', kind: 'x' })]];
    const message = '/Secret//ca: is another one at each rendering';
    expect(randomFindings(first, first, [])).toEqual([]);
    expect(randomFindings(first, second, [])).toEqual([message]);
    expect(randomFindings(first, [], [])).toEqual([message]);
    const ignored = [{ kind: 'Secret', name: 'ca', jsonPointers: ['/data/ca'] }];
    expect(randomFindings(first, second, ignored)).toEqual([]);
    expect(randomFindings(first, second, [{ ...ignored[0], name: 'other' }] as never)).toEqual([message]);
  });

  it('name pods that Pod Security refuses in a restricted namespace', () => {
    const daemon: KubernetesObject = {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: { template: { spec: { hostNetwork: true, containers: [] } } },
    };
    expect(podFindings([daemon], 'restricted')).toEqual([
      'DaemonSet agent: Pod Security refuses hostNetwork',
    ]);
    expect(podFindings([daemon], 'privileged')).toEqual([]);
    expect(podFindings([secret({})], 'restricted')).toEqual([]);
  });

  it('name objects of two Applications', () => {
    const outcome = (application: string, object: KubernetesObject) => ({
      release: { ...RELEASE, application },
      objects: [object],
      findings: [],
    });
    const both = [outcome('a', secret({})), outcome('b', secret({}))];
    expect(sharedObjects(both, [])).toEqual(['/Secret/farm/ca comes from a and from b']);
    expect(sharedObjects([outcome('a', secret({})), outcome('b', secret({}, 'other'))], [])).toEqual([]);
    const namespace: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'farm' } };
    expect(sharedObjects([outcome('a', namespace)], [namespace])).toEqual([
      '/Namespace//farm comes from dist/ and from a',
    ]);
  });
});

/** A helm that renders one Secret: the same for each call, or another one. */
function fakeHelm(folder: string, random: boolean): string {
  const path = join(folder, 'helm');
  const value = random ? '$(date +%N | base64)' : 'YQ==';
  writeFileSync(
    path,
    `#!/bin/sh\nprintf 'apiVersion: v1\\nkind: Secret\\nmetadata: {name: %s}\\ndata: {ca: "%s"}\\n' "$2" "${value}"\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

function run(args: readonly string[], helm: string): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'e2e/charts/main.ts', ...args],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, HELM: helm } },
  );
  return { code: status, out: stdout, err: stderr };
}

describe('npm run charts', () => {
  it('says what it skips without a folder', () => {
    const { code, out } = run([], '/nowhere/helm');
    expect(code).toBe(0);
    expect(out).toMatch(/^skipped 17 charts, because no folder was given: argo-cd 10\.1\.1, /);
  });

  it.each([
    [['--from', '/nowhere'], 'there is no folder /nowhere'],
    [['--from', '.'], 'helm does not run'],
  ])('refuses %j with 2', (args, message) =>
    withFolder((folder) => {
      const helm = args[1] === '.' ? '/nowhere/helm' : fakeHelm(folder, false);
      const { code, err } = run(args, helm);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
    }),
  );

  it.each([
    [false, 0],
    [true, 1],
  ])('tells whether charts are another one at each rendering: %s', (random, want) =>
    withFolder((folder) => {
      for (const release of releasesOf(DIST, 'prod')) {
        mkdirSync(join(folder, release.chart));
        writeFileSync(join(folder, release.chart, 'Chart.yaml'), `version: ${release.version}\n`);
      }
      const { code, out } = run(['--from', folder], fakeHelm(folder, random));
      expect(out).toMatch(
        random ? /cert-manager +cert-manager v1\.21\.1 +1 {2}1/ : /cert-manager v1\.21\.1 +1 {2}0/,
      );
      expect(out.includes('is another one at each rendering')).toBe(random);
      expect(code).toBe(want);
    }),
  );

  it('names charts that the folder does not have, or has in another version', () =>
    withFolder((folder) => {
      mkdirSync(join(folder, 'kueue'));
      writeFileSync(join(folder, 'kueue', 'Chart.yaml'), 'version: 0.1.0\n');
      const { code, out } = run(['--from', folder], fakeHelm(folder, false));
      expect(code).toBe(1);
      expect(out).toContain(`    not in ${folder}`);
      expect(out).toContain('    the folder has version 0.1.0');
    }));
});
