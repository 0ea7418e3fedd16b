import { compare } from '../issue';
import type { ClusterFile, PoolSpec } from '../schema/cluster';
import { CPU } from './names';
import type { Cluster, GpuType, Image, Pool, Profile } from './platform';
import { toMebibytes, toSeconds } from './quantity';

/** The complete model of a cluster file whose references have been checked. */
export function resolveCluster(file: ClusterFile, source: string): Cluster {
  const { spec } = file;
  const images = new Map(sorted(spec.images).map(([key, image]) => [key, { key, ...image } satisfies Image]));
  return {
    name: file.metadata.name,
    source,
    spec,
    hub: resolveHub(spec.hub),
    apiServer: { serviceAddress: firstAddress(spec.network.serviceCidr) },
    gpuTypes: new Map(sorted(spec.gpuTypes).map(([name, type]) => [name, gpuType(name, type)])),
    pools: sorted(spec.pools).map(([name, pool]) => resolvePool(name, pool, spec)),
    images,
    profiles: new Map(
      sorted(spec.profiles).map(([name, profile]) => [name, resolveProfile(name, profile, file, images)]),
    ),
    registries: [...new Set([...images.values()].map(({ image }) => registry(image)))].sort(compare),
  };
}

/** The image of Ray and notebooks that name none. */
export function defaultImage({ name, images, spec }: Pick<Cluster, 'name' | 'images' | 'spec'>): Image {
  const image = images.get(spec.defaults.image);
  if (image === undefined) throw new Error(`cluster ${name}: unchecked reference to an image`);
  return image;
}

/** Entries of a catalogue by key, in code unit order. */
export function sorted<T>(catalogue: Record<string, T>): [string, T][] {
  return Object.entries(catalogue).sort(([a], [b]) => compare(a, b));
}

/** Registry host of an image: matched whole, never as a prefix. */
export function registry(image: string): string {
  return image.slice(0, image.indexOf('/'));
}

/** Idle servers end after this time where the cluster file does not say. */
export const MAX_IDLE = '24h';

function resolveHub({
  admin = 'admin',
  sso,
  idleTimeout = MAX_IDLE,
}: ClusterFile['spec']['hub'] = {}): Cluster['hub'] {
  return { admin, ...(sso === undefined ? {} : { sso }), idleTimeoutSeconds: toSeconds(idleTimeout) };
}

function gpuType(name: string, type: ClusterFile['spec']['gpuTypes'][string]): GpuType {
  const { cpu, memory } = type.perGpu;
  return { name, displayName: type.displayName, perGpu: { cpu, memory: toMebibytes(memory) } };
}

function resolvePool(name: string, pool: PoolSpec, spec: ClusterFile['spec']): Pool {
  const common = {
    name,
    capacity: pool.capacity,
    zones: pool.zones ?? spec.zones,
    ...(pool.tenant === undefined ? {} : { tenant: pool.tenant }),
  };
  if ('gpu' in pool) {
    return {
      ...common,
      gpu: pool.gpu,
      families: spec.gpuTypes[pool.gpu]?.families ?? [],
      consolidateAfter: pool.consolidateAfter ?? '10m',
      limits: { gpus: pool.limits.gpus },
    };
  }
  return {
    ...common,
    families: pool.families,
    consolidateAfter: pool.consolidateAfter ?? '5m',
    limits: { cpu: pool.limits.cpu, memory: toMebibytes(pool.limits.memory) },
  };
}

function resolveProfile(
  name: string,
  profile: ClusterFile['spec']['profiles'][string],
  { spec }: ClusterFile,
  images: ReadonlyMap<string, Image>,
): Profile {
  const image = images.get(profile.image ?? spec.defaults.image);
  if (image === undefined) throw new Error(`profile ${name}: unchecked reference to an image`);
  return {
    name,
    displayName: profile.displayName,
    ...(profile.description === undefined ? {} : { description: profile.description }),
    image,
    cpu: profile.cpu,
    memory: toMebibytes(profile.memory),
    ...(profile.gpu === undefined ? {} : { gpu: { type: profile.gpu, count: profile.gpus ?? 1 } }),
  };
}

function firstAddress(cidr: string): string {
  const [address = ''] = cidr.split('/');
  const octets = address.split('.').map(Number);
  return [...octets.slice(0, 3), (octets[3] ?? 0) + 1].join('.');
}

/** The pool of a GPU type (or of CPU nodes) that a tenant's pods go to: its own where it has one. */
export function poolOf(cluster: Cluster, tenant: string, gpuType?: string): Pool | undefined {
  const pools = cluster.pools.filter(({ gpu }) => gpu === gpuType);
  return (
    pools.find((pool) => pool.tenant === tenant) ??
    pools.find((pool) => pool.tenant === undefined && (gpuType !== undefined || pool.name === CPU))
  );
}
