import type { Application } from '../imports/argoproj.io';
import { NAMESPACE } from '../lib/model/names';
import type { Cluster } from '../lib/model/platform';

/** The cluster that Argo CD itself runs in. */
export const IN_CLUSTER = 'https://kubernetes.default.svc';

/** A spec field of Application, as the CRD types it. */
type Spec = Application['spec'];

interface Options {
  readonly name: string;
  readonly project: string;
  /** Folder below dist/<cluster>/. */
  readonly path: string;
  readonly namespace: string;
  readonly annotations?: Record<string, string>;
  readonly directory?: NonNullable<Spec['source']>['directory'];
  readonly allowEmpty?: boolean;
  readonly syncOptions?: readonly string[];
  readonly ignoreDifferences?: Spec['ignoreDifferences'];
}

/** An Application of a folder of dist/, synced by itself from the revision that the cluster follows. */
export function application(cluster: Cluster, options: Options): Application {
  const { name, project, path, namespace, annotations, directory, ignoreDifferences } = options;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: NAMESPACE.argocd, ...(annotations === undefined ? {} : { annotations }) },
    spec: {
      project,
      source: {
        repoURL: cluster.spec.git.url,
        targetRevision: cluster.spec.git.revision,
        path: `dist/${cluster.name}/${path}`,
        // Never `recurse: false`: Argo CD takes it away, and the root would put it back for ever (argo-cd#4501).
        ...(directory === undefined ? {} : { directory }),
      },
      destination: { server: IN_CLUSTER, namespace },
      syncPolicy: {
        automated: { prune: true, selfHeal: true, allowEmpty: options.allowEmpty ?? false },
        // A CRD may arrive in the same sync as its first object.
        syncOptions: [
          'ServerSideApply=true',
          'SkipDryRunOnMissingResource=true',
          ...(options.syncOptions ?? []),
        ],
        // Without refresh the commit that mends a failed sync waits until all retries of the old one are over.
        retry: { limit: 10, refresh: true, backoff: { duration: '30s', factor: 2, maxDuration: '10m' } },
      },
      ...(ignoreDifferences === undefined ? {} : { ignoreDifferences }),
    },
  };
}
