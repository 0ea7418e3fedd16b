import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ClusterSecretStore } from '../../imports/external-secrets.io';
import { LABEL, NAMESPACE, PLATFORM_STORE, TENANT_STORE } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { platformLabels } from '../labels';
import { addObject } from '../object';

/** Secrets Manager for the platform and for tenants. Namespaces are listed one by one: a tenant's could match a pattern. */
export class SecretStoreChart extends Chart {
  constructor(scope: Construct, { spec }: Cluster) {
    super(scope, 'secret-store', { labels: platformLabels('external-secrets') });
    addObject<ClusterSecretStore>(this, {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ClusterSecretStore',
      metadata: { name: PLATFORM_STORE },
      spec: {
        // No auth: the controller's own service account has its role by Pod Identity.
        provider: { aws: { service: 'SecretsManager', region: spec.region } },
        conditions: [{ namespaces: [NAMESPACE.argocd, NAMESPACE.jupyterhub] }],
      },
    });
    addObject<ClusterSecretStore>(this, {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ClusterSecretStore',
      metadata: { name: TENANT_STORE },
      spec: {
        provider: { aws: { service: 'SecretsManager', region: spec.region } },
        // Members cannot make an ExternalSecret, and what is rendered names the tenant's own path.
        conditions: [
          { namespaceSelector: { matchExpressions: [{ key: LABEL.tenant, operator: 'Exists' }] } },
        ],
      },
    });
  }
}
