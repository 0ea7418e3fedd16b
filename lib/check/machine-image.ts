import type { ClusterFile } from '../schema/cluster';
import type { Report } from './reporter';

/**
 * First releases with a machine image for a Kubernetes version; an older alias finds none, and no node ever starts.
 * AL2023: the day EKS released the version (endoflife.date, 2026-08-22). Bottlerocket: its changelog, v1.61.0 of
 * 2026-05-18. Both read 2026-11-25.
 */
const FIRST: Readonly<
  Record<ClusterFile['spec']['kubernetesVersion'], { al2023: string; bottlerocket: string }>
> = {
  '1.36': { al2023: 'v20260602', bottlerocket: 'v1.61.0' },
};

/** The pinned machine image exists for the cluster's Kubernetes version. */
export function checkMachineImage({ spec }: ClusterFile, report: Report): void {
  const { alias } = spec.nodes.ami;
  const [family = '', release = ''] = alias.split('@');
  const first = FIRST[spec.kubernetesVersion][family === 'al2023' ? 'al2023' : 'bottlerocket'];
  if (compareReleases(release, first) >= 0) return;
  report(
    ['spec', 'nodes', 'ami', 'alias'],
    'ami-release',
    `${family} ${release} has no image for Kubernetes ${spec.kubernetesVersion}`,
    `take ${first} or later`,
  );
}

/** Releases compare by their numbers: v20260714, v1.61.0. */
function compareReleases(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  const index = left.findIndex((number, place) => number !== right[place]);
  return index === -1 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}

function numbers(release: string): number[] {
  return release.slice(1).split('.').map(Number);
}
