import { sorted } from '../model/cluster';
import type { ClusterFile } from '../schema/cluster';
import { checkGpuTypes, checkPools } from './cluster-pools';
import { checkProfiles } from './cluster-profiles';
import { checkInfrastructure } from './infrastructure';
import { checkInstanceFamilies } from './instance-families';
import { checkKubernetesVersion } from './kubernetes-version';
import { checkMachineImage } from './machine-image';
import { checkNetwork } from './network';
import { checkKey, keysOf } from './references';
import type { Report } from './reporter';

/** What a cluster file says about itself and its own catalogue, and which tenants it names. */
export function checkCluster(file: ClusterFile, tenants: readonly string[], report: Report): void {
  checkKubernetesVersion(file, report);
  checkMachineImage(file, report);
  checkInfrastructure(file, checkNetwork(file, report), report);
  checkInstanceFamilies(file, report);
  checkPools(file, tenants, report);
  checkGpuTypes(file, report);
  checkImages(file, report);
  checkProfiles(file, report);
  checkDatasets(file, tenants, report);
  checkDefaults(file, report);
  checkHub(file, report);
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

function checkHub({ spec: { hub } }: ClusterFile, report: Report): void {
  if (hub?.admin === undefined || hub.sso === undefined) return;
  report(
    ['spec', 'hub', 'admin'],
    'hub-login',
    'with sso nobody has a password of the hub',
    'administrators are the group spec.hub.sso.admins: drop this field',
  );
}
