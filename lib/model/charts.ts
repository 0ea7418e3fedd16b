import file from '../../imports/charts.json';

/** A Helm chart of the platform at its pinned version, as imports/versions.yaml names it. */
export interface ChartReference {
  /** As Argo CD writes it: without a scheme for an OCI registry. */
  readonly repoURL: string;
  readonly chart: string;
  readonly version: string;
  /** Version of the program that the chart installs. */
  readonly appVersion: string;
  /** Kubernetes minor versions that the vendor names. */
  readonly kubernetes: KubernetesRange;
  /** What brings the CRDs before the chart; empty where the chart templates them or needs none. */
  readonly crds: readonly CrdSource[];
  /** Whether the chart itself templates its CRDs. */
  readonly templatesCrds: boolean;
}

export interface KubernetesRange {
  readonly min?: string;
  readonly max?: string;
  readonly source: string;
}

/** A chart, or a folder in Git, that holds nothing but CustomResourceDefinitions. */
export interface CrdSource {
  readonly name: string;
  readonly repoURL: string;
  readonly revision: string;
  readonly chart?: string;
  readonly path?: string;
  /** Glob of files that another source brings. */
  readonly exclude?: string;
}

export type ChartName = keyof typeof file.charts;

/** Charts by component. Versions are raised in imports/versions.yaml, never here. */
export const CHARTS: Readonly<Record<ChartName, ChartReference>> = file.charts;
