import fc from 'fast-check';
import { loadPlatform } from '../../lib/check/platform';
import type { Platform } from '../../lib/model/platform';
import type { ClusterFile } from '../../lib/schema/cluster';
import type { TenantFile } from '../../lib/schema/tenant';
import { withFolder, writeTree } from '../render/fixtures';
import { distinctNames, tenantFile } from './arbitrary-tenant';
import { CLUSTER } from './fixtures';

/** One cluster and its tenants. */
export interface World {
  readonly cluster: ClusterFile;
  readonly tenants: readonly TenantFile[];
}

const SHARED = ['a10g', 'l4'];

/** A cluster whose pools hold whatever generated tenants are promised; one pool may belong to a tenant. */
function clusterFile(owner: string): fc.Arbitrary<ClusterFile> {
  const capacity = ['spot' as const, 'on-demand' as const];
  const gpuPool = (gpu: string) => ({ gpu, capacity, limits: { gpus: 100_000 } });
  return fc
    .record({
      zones: fc.subarray(['eu-west-1a', 'eu-west-1b', 'eu-west-1c'], { minLength: 2, maxLength: 2 }),
      alias: fc.constantFrom('al2023@v20260714', 'bottlerocket@v1.61.0'),
      tenant: fc.constantFrom({}, { tenant: owner }),
    })
    .map(({ zones, alias, tenant }) => ({
      ...CLUSTER,
      spec: {
        ...CLUSTER.spec,
        zones,
        nodes: { ...CLUSTER.spec.nodes, ami: { ...CLUSTER.spec.nodes.ami, alias } },
        pools: {
          cpu: { families: ['m7i'], capacity, limits: { cpu: 100_000, memory: '1000Ti' } },
          a10g: gpuPool('a10g'),
          l4: gpuPool('l4'),
          h100: { ...gpuPool('h100'), ...tenant },
        },
      },
    }));
}

/** A cluster with tenants whose names get in each other's way. Only the first may be granted the dedicated type. */
export function world(least: number, most: number): fc.Arbitrary<World> {
  return distinctNames(least, most).chain((names) =>
    fc.record({
      cluster: clusterFile(names[0] ?? ''),
      tenants: fc.tuple(
        ...names.map((name, index) => tenantFile(name, index === 0 ? [...SHARED, 'h100'] : SHARED)),
      ),
    }),
  );
}

/** Any tenant of a name that can stand beside others. */
export function otherTenant(name: string): fc.Arbitrary<TenantFile> {
  return tenantFile(name, SHARED);
}

/** The files of a world; JSON is YAML too. */
export function filesOf({ cluster, tenants }: World): Record<string, string> {
  return Object.fromEntries([
    [`clusters/${cluster.metadata.name}.yaml`, JSON.stringify(cluster)],
    ...tenants.map((tenant) => [`tenants/${tenant.metadata.name}.yaml`, JSON.stringify(tenant)]),
  ]) as Record<string, string>;
}

/** The platform that files say. An Error with all issues where the check refuses them. */
export function loadFiles(files: Readonly<Record<string, string>>): Platform {
  return withFolder((root) => {
    writeTree(root, files);
    const { platform, issues } = loadPlatform(root);
    if (platform !== undefined) return platform;
    throw new Error(issues.map(({ source, message }) => `${source?.file}: ${message}`).join('\n'));
  });
}
