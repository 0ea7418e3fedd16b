import { tenantBucket } from '../model/names';
import { own } from '../own';
import type { ClusterFile } from '../schema/cluster';
import type { TenantFile } from '../schema/tenant';
import { poolsOf } from './pools';
import type { Report } from './reporter';

/** Longest name of a bucket (S3 user guide, bucket naming rules). */
const LONGEST_BUCKET = 63;

/** A bucket of its own has a name that S3 takes. */
export function checkBucket({ metadata, spec }: TenantFile, cluster: ClusterFile, report: Report): void {
  const bucket = tenantBucket(cluster.metadata.name, metadata.name, cluster.spec.account);
  if (spec.bucket !== true || bucket.length <= LONGEST_BUCKET) return;
  report(
    ['spec', 'bucket'],
    'bucket-name',
    `"${bucket}" has ${bucket.length} characters, S3 takes ${LONGEST_BUCKET}`,
    'use the prefix of the data bucket, or shorter names of tenant and cluster',
  );
}

/** An EBS home stays in the zone where it was made, so every profile must find nodes in all of them. */
export function checkHomeZones(tenant: TenantFile, cluster: ClusterFile, report: Report): void {
  if (cluster.spec.homes !== undefined) return;
  const written = tenant.spec.notebooks?.profiles;
  const [first, ...others] = (written ?? cluster.spec.defaults.profiles).map((profile) => ({
    profile,
    zones: zonesOf(tenant, cluster, profile),
  }));
  for (const [index, { profile, zones }] of others.entries()) {
    // None where the cluster file itself is at fault, which is told there.
    const known = zones.length > 0 && first !== undefined && first.zones.length > 0;
    if (!known || zones.join() === first.zones.join()) continue;
    report(
      written === undefined ? ['spec', 'notebooks'] : ['spec', 'notebooks', 'profiles', index + 1],
      'home-zones',
      `"${profile}" runs in ${zones.join(', ')}, "${first.profile}" in ${first.zones.join(', ')}: a home made in one zone cannot follow (cluster ${cluster.metadata.name})`,
      'grant profiles of the same zones, or homes of the cluster on EFS',
    );
  }
}

function zonesOf({ metadata }: TenantFile, cluster: ClusterFile, profile: string): string[] {
  const gpu = own(cluster.spec.profiles, profile)?.gpu;
  const zones = poolsOf(cluster, metadata.name, gpu).flatMap((pool) => pool.zones ?? cluster.spec.zones);
  return cluster.spec.zones.filter((zone) => zones.includes(zone));
}
