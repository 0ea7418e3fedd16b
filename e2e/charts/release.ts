import type { Application } from '../../imports/argoproj.io';
import { type Document, documentsOf } from '../dist';

/** What an Application of dist/ tells Argo CD to do with a Helm chart. */
export interface Release {
  readonly application: string;
  readonly namespace: string;
  readonly repoURL: string;
  readonly chart: string;
  readonly version: string;
  readonly name: string;
  readonly values: object;
  readonly skipCrds: boolean;
  readonly skipSchemaValidation: boolean;
  readonly ignored: NonNullable<Application['spec']['ignoreDifferences']>;
}

/** Every chart that Applications of one cluster refer to, in the order of their names. */
export function releasesOf(dist: string, cluster: string): Release[] {
  return releasesIn(documentsOf(dist, cluster));
}

/** Every chart that Applications among documents refer to. */
export function releasesIn(documents: readonly Document[]): Release[] {
  return documents
    .map(({ object }) => object as unknown as Application)
    .filter(({ kind, spec }) => kind === 'Application' && spec.source?.chart !== undefined)
    .map(({ metadata, spec: { source, destination, ignoreDifferences = [] } }) => ({
      application: metadata.name ?? '',
      namespace: destination.namespace ?? '',
      repoURL: source?.repoURL ?? '',
      chart: source?.chart ?? '',
      version: source?.targetRevision ?? '',
      name: source?.helm?.releaseName ?? metadata.name ?? '',
      values: source?.helm?.valuesObject ?? {},
      skipCrds: source?.helm?.skipCrds === true,
      skipSchemaValidation: source?.helm?.skipSchemaValidation === true,
      ignored: ignoreDifferences,
    }));
}
