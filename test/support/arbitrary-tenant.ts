import fc from 'fast-check';
import type { TenantFile } from '../../lib/schema/tenant';

/** Names that begin with each other, that join to the same text, and the longest that are legal. */
const NAMES = ['a', 'a-b', 'b', 'nlp', 'nlp-prod', 'nlp-prod-eu', 'x'.repeat(30), `${'y-'.repeat(14)}yy`];

/** Distinct names of tenants, or of things in a tenant. */
export function distinctNames(least: number, most: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: least, maxLength: most });
}

/** A record of which some keys may be missing: those are named in the second argument. */
function optional(
  required: Record<string, fc.Arbitrary<unknown>>,
  more: Record<string, fc.Arbitrary<unknown>>,
) {
  return fc.record({ ...required, ...more }, { requiredKeys: Object.keys(required) });
}
const always = <T>(value: T) => fc.constant(value);
const numbers = (min: number, max: number) => fc.integer({ min, max });

const runtime = {
  workingDir: always('s3://bucket/code.zip'),
  pip: always(['torch==2.9.0']),
  env: fc.dictionary(fc.constantFrom('LEVEL', 'mode', 'HF_HOME'), fc.string({ maxLength: 8 }), {
    maxKeys: 3,
  }),
};
const head = optional({}, { cpu: numbers(1, 4), memory: always('4Gi') });

/** Worker groups on CPU nodes or with GPUs of a granted type; `range` says how many workers. */
function workers(granted: readonly string[], range: Record<string, fc.Arbitrary<unknown>>) {
  const capacity = fc.constantFrom('spot', 'on-demand');
  const onCpu = optional({ ...range, cpu: fc.constantFrom(0.5, 1, 4), memory: always('3Gi') }, { capacity });
  const onGpu = granted.map((gpu) =>
    optional({ ...range, gpu: always(gpu) }, { gpus: numbers(1, 2), capacity }),
  );
  return fc
    .array(fc.oneof(onCpu, ...onGpu), { minLength: 1, maxLength: 2 })
    .map((groups) => groups.map((group, index) => ({ ...group, name: `w${index}` })));
}

function ray(tenant: string, granted: readonly string[], hasJobs: boolean) {
  const scaling = workers(granted, { min: numbers(0, 1), max: numbers(1, 3) });
  const fixed = workers(granted, { replicas: numbers(1, 3) });
  const cluster = optional(
    { workers: scaling },
    { head, idleTimeout: always('90s'), clusters: always(['lab']) },
  );
  const service = optional(
    { workers: scaling, importPath: always('serve:app') },
    {
      ...runtime,
      head,
      host: always(`${tenant}.ml.example.com`),
      deployments: always([{ name: 'Chat', max: 2, gpus: 0.5 }]),
      image: always('old'),
    },
  );
  const schedule = optional(
    {
      workers: fixed,
      schedule: fc.constantFrom('0 2 * * *', '*/15 8-18 * * 1-5'),
      entrypoint: always('python x.py'),
    },
    {
      ...runtime,
      head,
      timeZone: always('Europe/Berlin'),
      timeout: always('2h'),
      suspend: fc.boolean(),
    },
  );
  return fc
    .tuple(
      distinctNames(5, 5),
      fc.array(cluster, { maxLength: 2 }),
      fc.array(service, { maxLength: 1 }),
      fc.array(schedule, { maxLength: hasJobs ? 2 : 0 }),
    )
    .map(([names, clusters, services, schedules]) => ({
      clusters: clusters.map((item, index) => ({ ...item, name: names[index] })),
      services: services.map((item) => ({ ...item, name: names[2] })),
      schedules: schedules.map((item, index) => ({ ...item, name: names[3 + index] })),
    }));
}

/** Budgets that hold whatever is generated; without jobs there are no schedules. */
function quota(granted: readonly string[], hasJobs: boolean) {
  const budget = <T>(interactive: T, guaranteed: T, max: T) =>
    hasJobs
      ? fc.constantFrom(
          { interactive, jobs: { guaranteed, max } },
          { interactive, jobs: { guaranteed: max } },
        )
      : fc.constantFrom<unknown>(interactive, { interactive });
  return fc.record({
    cpu: budget(200, 10, 100),
    memory: budget('1Ti', '64Gi', '512Gi'),
    storage: fc.constantFrom('1Ti', '3000Gi'),
    gpus: fc.record(Object.fromEntries(granted.map((type) => [type, budget(50, 4, 20)]))),
  });
}

/** A valid tenant of a name, granted some of these GPU types, with any of the optional fields. */
export function tenantFile(name: string, types: readonly string[]): fc.Arbitrary<TenantFile> {
  return fc
    .tuple(fc.subarray([...types]), fc.boolean())
    .chain(([granted, hasJobs]) => {
      const profiles = ['small', ...(granted.includes('a10g') ? ['gpu'] : [])];
      return optional(
        {
          owner: always(`${name}@example.com`),
          members: optional(
            { admins: always(['ada']) },
            { users: always(['alan', 'grace']), groups: always({ admins: `${name}-leads` }) },
          ),
          clusters: fc.constantFrom<unknown>(['lab'], { lab: {} }, { lab: { quota: { storage: '2Ti' } } }),
          quota: quota(granted, hasJobs),
        },
        {
          state: fc.constantFrom('active', 'frozen', 'archived'),
          displayName: fc.constantFrom('Team', 'yes', '1e3', 'Übersicht: #1'),
          costCenter: fc.constantFrom('4711', '0x1F'),
          podSecurity: always({ level: 'baseline', reason: 'a legacy image runs as root' }),
          notebooks: optional(
            {},
            {
              profiles: fc.subarray(profiles, { minLength: 1 }),
              home: always('50Gi'),
              idleTimeout: always('30m'),
              seats: numbers(1, 3),
              submitJobs: fc.boolean(),
            },
          ),
          ray: ray(name, granted, hasJobs),
          datasets: always(['mnist']),
          network: fc.record({ egress: fc.constantFrom('internet', 'none') }),
        },
      );
    })
    .map(
      (spec) =>
        ({ apiVersion: 'tenantry.dev/v1alpha1', kind: 'Tenant', metadata: { name }, spec }) as TenantFile,
    );
}
