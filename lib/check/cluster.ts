import { compare } from '../issue';
import { sorted } from '../model/cluster';
import { CPU } from '../model/names';
import { toMebibytes } from '../model/quantity';
import { own } from '../own';
import type { ClusterFile } from '../schema/cluster';
import { checkInstanceFamilies } from './instance-families';
import { checkNetwork } from './network';
import { checkKey } from './references';
import type { Report } from './reporter';

/** What a cluster file says about itself and its own catalogue, and which tenants it names. */
export function checkCluster(file: ClusterFile, tenants: readonly string[], report: Report): void {
  checkNetwork(file, report);
  checkInstanceFamilies(file, report);
  checkPools(file, tenants, report);
  checkImages(file, report);
  checkProfiles(file, report);
  checkDatasets(file, tenants, report);
  checkDefaults(file, report);
}

function checkPools({ spec }: ClusterFile, tenants: readonly string[], report: Report): void {
  const shared = new Map<string, string>();
  for (const [name, pool] of sorted(spec.pools)) {
    const at = ['spec', 'pools', name];
    if (pool.tenant !== undefined) {
      checkKey(report, [...at, 'tenant'], pool.tenant, { what: 'tenant', where: 'tenants/', keys: tenants });
    }
    if ('gpu' in pool) {
      checkKey(report, [...at, 'gpu'], pool.gpu, keysOf(spec.gpuTypes, 'GPU type', 'spec.gpuTypes'));
    }
    if (pool.tenant !== undefined) continue;
    const type = 'gpu' in pool ? pool.gpu : CPU;
    const other = shared.get(type);
    if (other !== undefined) {
      report(
        at,
        'one-shared-pool',
        `pools "${other}" and "${name}" both share ${type === CPU ? 'CPU nodes' : `GPU type ${type}`}`,
        'two pools would double the limit; one pool with both capacity types falls back by itself',
      );
    }
    shared.set(type, name);
  }
  if (shared.get(CPU) !== CPU) {
    report(['spec', 'pools'], 'cpu-pool', `the shared pool of CPU nodes, named "${CPU}", is missing`);
  }
  for (const type of Object.keys(spec.gpuTypes).sort(compare)) {
    if (!Object.values(spec.pools).some((pool) => 'gpu' in pool && pool.gpu === type)) {
      report(
        ['spec', 'gpuTypes', type],
        'gpu-pool',
        `no pool has GPU type "${type}"`,
        'add it to spec.pools',
      );
    }
  }
}

function checkImages({ spec }: ClusterFile, report: Report): void {
  for (const [key, { image, ray }] of sorted(spec.images)) {
    const at = ['spec', 'images', key];
    const tag = /:(\d+\.\d+\.\d+)(?:[^/@]*)$/.exec(image)?.[1];
    if (tag !== undefined && tag !== ray) {
      report([...at, 'ray'], 'ray-version', `the tag of the image says Ray ${tag}, this field says ${ray}`);
    }
    if (Number(ray.split('.')[1]) < 52) {
      report(
        [...at, 'ray'],
        'ray-version',
        `Ray ${ray} is below 2.52.0, the first with token authentication`,
        'without it everybody who reaches the dashboard runs code (CVE-2023-48022)',
      );
    }
  }
}

function checkProfiles({ spec }: ClusterFile, report: Report): void {
  for (const [name, profile] of sorted(spec.profiles)) {
    const at = ['spec', 'profiles', name];
    const key = profile.image ?? spec.defaults.image;
    checkKey(report, [...at, 'image'], key, keysOf(spec.images, 'image', 'spec.images'));
    if (profile.gpu === undefined) {
      if (profile.gpus !== undefined)
        report([...at, 'gpus'], 'gpu-without-type', 'gpus needs gpu, a GPU type');
      continue;
    }
    if (!checkKey(report, [...at, 'gpu'], profile.gpu, keysOf(spec.gpuTypes, 'GPU type', 'spec.gpuTypes')))
      continue;
    const image = own(spec.images, key);
    if (image !== undefined && image.cuda === undefined) {
      report([...at, 'image'], 'image-without-cuda', `image "${key}" has no CUDA, but the profile has a GPU`);
    }
    const bound = own(spec.gpuTypes, profile.gpu)?.perGpu;
    const count = profile.gpus ?? 1;
    if (bound === undefined) continue;
    if (profile.cpu > bound.cpu * count) {
      report(
        [...at, 'cpu'],
        'above-per-gpu',
        `${profile.cpu} is above perGpu.cpu ${bound.cpu} x ${count} of ${profile.gpu}`,
      );
    }
    if (toMebibytes(profile.memory) > toMebibytes(bound.memory) * count) {
      report(
        [...at, 'memory'],
        'above-per-gpu',
        `${profile.memory} is above perGpu.memory ${bound.memory} x ${count} of ${profile.gpu}`,
      );
    }
  }
}

function checkDatasets({ metadata, spec }: ClusterFile, tenants: readonly string[], report: Report): void {
  const seen: { name: string; prefix: string }[] = [];
  for (const [name, { prefix, readers }] of sorted(spec.datasets)) {
    const at = ['spec', 'datasets', name];
    if (prefix.startsWith(`${metadata.name}/`)) {
      report(
        [...at, 'prefix'],
        'dataset-prefix',
        `"${prefix}" lies below "${metadata.name}/", where tenants keep their own data`,
      );
    }
    const other = seen.find((dataset) => overlap(dataset.prefix, prefix));
    if (other !== undefined) {
      report(
        [...at, 'prefix'],
        'dataset-prefix',
        `"${prefix}" overlaps "${other.prefix}" of dataset "${other.name}"`,
      );
    }
    seen.push({ name, prefix });
    if (readers === 'all') continue;
    for (const [index, reader] of readers.entries()) {
      checkKey(report, [...at, 'readers', index], reader, {
        what: 'tenant',
        where: 'tenants/',
        keys: tenants,
      });
    }
  }
}

function overlap(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

function checkDefaults({ spec }: ClusterFile, report: Report): void {
  const at = ['spec', 'defaults'];
  checkKey(report, [...at, 'image'], spec.defaults.image, keysOf(spec.images, 'image', 'spec.images'));
  for (const [index, profile] of spec.defaults.profiles.entries()) {
    checkKey(report, [...at, 'profiles', index], profile, keysOf(spec.profiles, 'profile', 'spec.profiles'));
  }
}

function keysOf(catalogue: Record<string, unknown>, what: string, where: string) {
  return { what, where, keys: Object.keys(catalogue).sort(compare) };
}
