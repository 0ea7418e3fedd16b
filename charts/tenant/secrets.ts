import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ExternalSecret } from '../../imports/external-secrets.io';
import type { Password } from '../../imports/generators.external-secrets.io';
import { RAY_TOKEN, TENANT_STORE, tenantSecret } from '../../lib/model/names';
import type { Placement } from '../../lib/model/platform';
import { tenantLabels } from '../labels';
import { addObject } from '../object';

/** The Ray token of the tenant, random and made once in the cluster, and what it keeps in Secrets Manager; never in Git. */
export class SecretsChart extends Chart {
  constructor(scope: Construct, placement: Placement) {
    super(scope, 'secrets', { labels: tenantLabels(placement) });
    const namespace = placement.tenant;
    addObject<Password>(this, {
      apiVersion: 'generators.external-secrets.io/v1alpha1',
      kind: 'Password',
      metadata: { name: RAY_TOKEN.secret, namespace },
      // Hex, because a raw password has symbols that do not survive an HTTP header.
      spec: { length: 32, encoding: 'hex', allowRepeat: true, noUpper: false, secretKeys: [RAY_TOKEN.key] },
    });
    addObject<ExternalSecret>(this, {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: RAY_TOKEN.secret, namespace },
      spec: {
        // A token that changes under running notebooks and Ray pods locks both out.
        refreshPolicy: 'CreatedOnce',
        target: { name: RAY_TOKEN.secret, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
        dataFrom: [
          {
            sourceRef: {
              generatorRef: {
                apiVersion: 'generators.external-secrets.io/v1alpha1',
                kind: 'Password',
                name: RAY_TOKEN.secret,
              },
            },
          },
        ],
      },
    });
    for (const name of placement.secrets) this.fetch(placement, name);
  }

  private fetch({ tenant, cluster }: Placement, name: string): void {
    addObject<ExternalSecret>(this, {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name, namespace: tenant },
      spec: {
        refreshPolicy: 'Periodic',
        refreshInterval: '1h0m0s',
        secretStoreRef: { kind: 'ClusterSecretStore', name: TENANT_STORE },
        target: { name, creationPolicy: 'Owner', deletionPolicy: 'Delete' },
        dataFrom: [{ extract: { key: tenantSecret(cluster.name, tenant, name) } }],
      },
    });
  }
}
