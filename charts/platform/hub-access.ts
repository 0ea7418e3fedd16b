import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ExternalSecret } from '../../imports/external-secrets.io';
import type { Password } from '../../imports/generators.external-secrets.io';
import { HUB, HUB_LOGIN, NAMESPACE, PLATFORM_STORE } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { platformLabels } from '../labels';
import { addObject } from '../object';

const { jupyterhub: namespace } = NAMESPACE;
const GENERATOR = 'generators.external-secrets.io/v1alpha1';

/** What the hub may see of all tenants, and what it starts with. What it may write is a Role of each tenant. */
export class HubAccessChart extends Chart {
  constructor(scope: Construct, { hub }: Cluster) {
    super(scope, 'access', { labels: platformLabels('hub-access') });
    const name = 'tenantry:hub';
    new k8s.KubeClusterRole(this, `ClusterRole-${name}`, {
      metadata: { name },
      rules: [
        { apiGroups: [''], resources: ['events', 'namespaces', 'pods'], verbs: ['get', 'list', 'watch'] },
      ],
    });
    new k8s.KubeClusterRoleBinding(this, `ClusterRoleBinding-${name}`, {
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: HUB.name, namespace }],
    });
    if (hub.sso === undefined) this.makePassword();
    else this.fetchClient(hub.sso.secret);
  }

  /** Of the first administrator, who changes it after the first login. */
  private makePassword(): void {
    addObject<Password>(this, {
      apiVersion: GENERATOR,
      kind: 'Password',
      metadata: { name: HUB_LOGIN.secret, namespace },
      spec: {
        length: 24,
        encoding: 'hex',
        allowRepeat: true,
        noUpper: false,
        secretKeys: [HUB_LOGIN.password],
      },
    });
    this.addSecret({
      // The account keeps its password; a new one here would be wrong.
      refreshPolicy: 'CreatedOnce',
      dataFrom: [
        {
          sourceRef: {
            generatorRef: { apiVersion: GENERATOR, kind: 'Password', name: HUB_LOGIN.secret },
          },
        },
      ],
    });
  }

  private fetchClient(key: string): void {
    this.addSecret({
      refreshInterval: '1h0m0s',
      secretStoreRef: { kind: 'ClusterSecretStore', name: PLATFORM_STORE },
      data: [
        {
          secretKey: HUB_LOGIN.client,
          remoteRef: {
            key,
            property: HUB_LOGIN.client,
            conversionStrategy: 'Default',
            decodingStrategy: 'None',
            metadataPolicy: 'None',
          },
        },
      ],
    });
  }

  private addSecret(spec: Omit<NonNullable<ExternalSecret['spec']>, 'target'>): void {
    addObject<ExternalSecret>(this, {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: HUB_LOGIN.secret, namespace },
      spec: {
        ...spec,
        target: { name: HUB_LOGIN.secret, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      },
    });
  }
}
