import { CHARTS, type KubernetesRange } from '../model/charts';
import type { ClusterFile } from '../schema/cluster';
import type { Report } from './reporter';

type Ranged = Readonly<Record<string, { readonly appVersion: string; readonly kubernetes: KubernetesRange }>>;

/** Every component of the platform supports the cluster's Kubernetes version, as far as its vendor says. */
export function checkKubernetesVersion(
  { spec }: ClusterFile,
  report: Report,
  components: Ranged = CHARTS,
): void {
  const wanted = minorOf(spec.kubernetesVersion);
  for (const [name, { appVersion, kubernetes }] of Object.entries(components)) {
    const { min, max, source } = kubernetes;
    const tooOld = min !== undefined && wanted < minorOf(min);
    const tooNew = max !== undefined && wanted > minorOf(max);
    if (!tooOld && !tooNew) continue;
    report(
      ['spec', 'kubernetesVersion'],
      'kubernetes-version',
      `${name} ${appVersion} supports Kubernetes ${rangeText(kubernetes)}, not ${spec.kubernetesVersion}`,
      `raise ${name} in imports/versions.yaml first (${source})`,
    );
  }
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

function rangeText({ min, max }: KubernetesRange): string {
  if (min === undefined) return `up to ${max}`;
  return max === undefined ? `${min} and later` : `${min} to ${max}`;
}
