import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AppProject } from '../../imports/argoproj.io';
import type { ExternalSecret } from '../../imports/external-secrets.io';
import { GIT_SECRET, NAMESPACE, OIDC_SECRET, PLATFORM_STORE } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { platformLabels } from '../labels';
import { addObject } from '../object';

/** What Argo CD may and what it logs in with: the locked default project, and secrets by reference. */
export class ArgoCdAccessChart extends Chart {
  constructor(scope: Construct, { spec: { git, sso } }: Cluster) {
    super(scope, 'access', { labels: platformLabels('argo-cd') });
    this.lockDefaultProject();
    if (git.secret !== undefined) {
      // The bootstrap has put it there, or nothing of this would have come: from then on it follows the secret store.
      this.addSecret(GIT_SECRET, git.secret, 'repository', { type: 'git', url: git.url });
    }
    if (sso !== undefined) this.addSecret(OIDC_SECRET, sso.secret);
  }

  /** Argo CD makes it by itself, and it allows everything to everybody who may create an Application. */
  private lockDefaultProject(): void {
    addObject<AppProject>(this, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: {
        name: 'default',
        namespace: NAMESPACE.argocd,
        annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
      },
      spec: {
        description: 'Locked: every Application names a project of its own',
        sourceRepos: [],
        destinations: [],
        namespaceResourceBlacklist: [{ group: '*', kind: '*' }],
      },
    });
  }

  /** All fields of a JSON secret in Secrets Manager, and what is no secret. */
  private addSecret(name: string, key: string, type?: string, data: Record<string, string> = {}): void {
    addObject<ExternalSecret>(this, {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name, namespace: NAMESPACE.argocd },
      spec: {
        refreshInterval: '1h0m0s',
        secretStoreRef: { kind: 'ClusterSecretStore', name: PLATFORM_STORE },
        target: {
          name,
          // Without its credentials Argo CD could not even mend what took them away.
          creationPolicy: 'Orphan',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            mergePolicy: 'Merge',
            metadata: {
              labels: {
                'app.kubernetes.io/part-of': 'argocd',
                ...(type === undefined ? {} : { 'argocd.argoproj.io/secret-type': type }),
              },
            },
            data,
          },
        },
        dataFrom: [
          {
            extract: {
              key,
              conversionStrategy: 'Default',
              decodingStrategy: 'None',
              metadataPolicy: 'None',
            },
          },
        ],
      },
    });
  }
}
