import type { Application } from '../imports/argoproj.io';
import { NAMESPACE } from '../lib/model/names';
import type { Cluster } from '../lib/model/platform';

/** The cluster that Argo CD itself runs in. */
export const IN_CLUSTER = 'https://kubernetes.default.svc';

/** A spec field of Application, as the CRD types it. */
type Spec = Application['spec'];
/** Where an Application takes its objects from. */
export type Source = NonNullable<Spec['source']>;

interface Common {
  readonly name: string;
  readonly project: string;
  readonly namespace: string;
  readonly annotations?: Record<string, string>;
  readonly allowEmpty?: boolean;
  /** Whether what the source has no more is deleted. Default: true. */
  readonly prune?: false;
  readonly syncOptions?: readonly string[];
  readonly ignoreDifferences?: Spec['ignoreDifferences'];
}

interface Options extends Common {
  /** Folder below dist/<cluster>/. */
  readonly path: string;
  readonly directory?: Source['directory'];
}

/** An Application of a folder of dist/, synced by itself from the revision that the cluster follows. */
export function application(cluster: Cluster, { path, directory, ...options }: Options): Application {
  return applicationOf(
    {
      repoURL: cluster.spec.git.url,
      targetRevision: cluster.spec.git.revision,
      path: `dist/${cluster.name}/${path}`,
      // Never `recurse: false`: Argo CD takes it away, and the root would put it back for ever (argo-cd#4501).
      ...(directory === undefined ? {} : { directory }),
    },
    options,
  );
}

/** An Application of any source, synced by itself. */
export function applicationOf(source: Source, options: Common): Application {
  const { name, project, namespace, annotations, ignoreDifferences, prune = true } = options;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: NAMESPACE.argocd, ...(annotations === undefined ? {} : { annotations }) },
    spec: {
      project,
      source,
      destination: { server: IN_CLUSTER, namespace },
      syncPolicy: {
        automated: { prune, selfHeal: true, allowEmpty: options.allowEmpty ?? false },
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
