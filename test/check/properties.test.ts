import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import type { Issue } from '../../lib/issue';
import { checkManifests } from '../../lib/judge/manifests';
import { render } from '../../lib/render/render';
import { cluster, load } from '../support/inputs';

const ROOMY = {
  'spec.pools.cpu.limits': { cpu: 100000, memory: '1000Ti' },
  'spec.pools.l4.limits.gpus': 100000,
};
const CLUSTERS = {
  'clusters/main.yaml': cluster('main', ROOMY),
  'clusters/next.yaml': cluster('next', { ...ROOMY, 'spec.domain': 'next.example.com' }),
};

const name = fc.stringMatching(/^[a-z]{1,3}(-[a-z]{1,2})?$/);
const cores = fc.constantFrom(0.1, 0.5, 1, 2, 3);
const memory = fc.constantFrom('1Gi', '4Gi', '12Gi');
const count = fc.integer({ min: 1, max: 3 });
/** Mostly what is there, at times what is not. */
const mostly = <T>(good: readonly T[], bad: T) =>
  fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: fc.constant(bad) });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const listOf = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.uniqueArray(arbitrary, { minLength: 1, maxLength: 3, selector: (item) => dump(item) });

const cpuWorker = fc.record({ name, cpu: cores, memory });
const gpuWorker = fc.record({ name, gpu: mostly(['l4'], 't4'), gpus: mostly([1, 2], 16) });
const worker = (size: fc.Arbitrary<object>) =>
  fc.tuple(fc.oneof(cpuWorker, gpuWorker), size).map(([what, range]) => ({ ...what, ...range }));
const scaling = worker(fc.record({ max: count }));
const fixed = worker(fc.record({ replicas: count }));

const budget = <T>(much: T, little: T) => {
  const amount = mostly([much], little);
  const jobs = fc.record({ guaranteed: amount, max: amount });
  const both = fc.record({ interactive: amount, jobs });
  return fc.oneof({ weight: 1, arbitrary: amount }, { weight: 9, arbitrary: both });
};
const quota = {
  cpu: budget(400, 1),
  memory: budget('1Ti', '4Gi'),
  storage: mostly(['1Ti'], '10Gi'),
  gpus: fc.record({ l4: budget(60, 0), t4: mostly([undefined], 1) }),
};
const placement = fc.record(
  { quota: optional(fc.record(quota, { requiredKeys: [] })) },
  { requiredKeys: [] },
);

/** The spec of a tenant that fits the schema; whether it fits the catalogue and its quota is chance. */
const spec = fc.record(
  {
    owner: fc.constant('ada@example.com'),
    members: fc.record({ admins: listOf(name), users: listOf(name) }, { requiredKeys: ['admins'] }),
    clusters: fc.oneof(
      listOf(mostly(['main', 'next'], 'gone')),
      fc.dictionary(mostly(['main', 'next'], 'gone'), placement, { minKeys: 1, maxKeys: 2 }),
    ),
    quota: fc.record(quota),
    notebooks: fc.record(
      { profiles: listOf(mostly(['small', 'gpu'], 'big')), seats: count },
      { requiredKeys: [] },
    ),
    ray: fc.record(
      {
        clusters: listOf(fc.record({ name, workers: listOf(scaling) })),
        services: listOf(
          fc.record({
            name,
            importPath: fc.constant('a:b'),
            workers: listOf(scaling),
            env: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,8}$/), fc.string()),
          }),
        ),
        schedules: listOf(
          fc.record({
            name,
            schedule: mostly(['0 2 * * 1-5', '*/10 * * * *'], '0 2 31 13 *'),
            entrypoint: fc.constant('python a.py'),
            workers: listOf(fixed),
          }),
        ),
      },
      { requiredKeys: [] },
    ),
    datasets: listOf(mostly(['mnist'], 'scans')),
  },
  { requiredKeys: ['owner', 'members', 'clusters', 'quota'] },
);

const ABSENT = { 'tenants/blue.yaml': null };
const text = (tenant: string, fields: object) =>
  dump(
    { apiVersion: 'tenantry.dev/v1alpha1', kind: 'Tenant', metadata: { name: tenant }, spec: fields },
    { noRefs: true },
  );

function expectReadable({ message, source, hint }: Issue): void {
  expect(message).not.toMatch(/undefined|\[object|NaN|Infinity/);
  expect(hint ?? '').not.toMatch(/undefined|\[object|NaN/);
  expect(source?.line).toBeGreaterThan(0);
}

describe('any tenant that fits the schema', () => {
  it('gives readable findings, or a platform whose objects the API server would take', () => {
    const seen = { good: 0, bad: 0 };
    fc.assert(
      fc.property(spec, (fields) => {
        const { platform, issues } = load({
          ...CLUSTERS,
          ...ABSENT,
          'tenants/green.yaml': text('green', fields),
        });
        issues.forEach(expectReadable);
        expect(platform === undefined).toBe(issues.length > 0);
        seen[platform === undefined ? 'bad' : 'good']++;
        if (platform !== undefined) expect(render(platform, checkManifests).issues).toEqual([]);
      }),
    );
    expect(Math.min(seen.good, seen.bad)).toBeGreaterThan(5);
  });
});

describe('a tenant that is added', () => {
  it('never makes the file of another tenant faulty, nor mends it', () => {
    const others = (issues: readonly Issue[]) =>
      issues.filter(({ source }) => !/green|clusters/.test(source?.file ?? '')).map(({ message }) => message);
    fc.assert(
      fc.property(spec, spec, (old, added) => {
        const before = { ...CLUSTERS, 'tenants/teal.yaml': text('teal', old) };
        const after = { ...before, 'tenants/green.yaml': text('green', added) };
        expect(others(load(after).issues)).toEqual(others(load(before).issues));
      }),
    );
  });
});
