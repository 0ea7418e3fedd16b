import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Certificate, ClusterIssuer } from '../../imports/cert-manager.io';
import { ISSUER, NAMESPACE, WILDCARD_SECRET } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { platformLabels } from '../labels';
import { addObject } from '../object';

const SERVER = {
  production: 'https://acme-v02.api.letsencrypt.org/directory',
  staging: 'https://acme-staging-v02.api.letsencrypt.org/directory',
} as const;

/** One issuer by DNS-01 in Route 53, and the wildcard certificate with which NGINX answers for every host. */
export class CertificatesChart extends Chart {
  constructor(scope: Construct, { spec }: Cluster) {
    super(scope, 'certificates', { labels: platformLabels('cert-manager') });
    const { email, environment = 'production' } = spec.certificates ?? {};
    const zone = spec.dns === undefined ? {} : { hostedZoneID: spec.dns.zoneId };
    addObject<ClusterIssuer>(this, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: ISSUER },
      spec: {
        acme: {
          server: SERVER[environment],
          ...(email === undefined ? {} : { email }),
          privateKeySecretRef: { name: `${ISSUER}-account` },
          // No credentials: the service account has its role by Pod Identity.
          solvers: [
            { selector: { dnsZones: [spec.domain] }, dns01: { route53: { region: spec.region, ...zone } } },
          ],
        },
      },
    });
    addObject<Certificate>(this, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: WILDCARD_SECRET, namespace: NAMESPACE.nginx },
      spec: {
        secretName: WILDCARD_SECRET,
        dnsNames: [`*.${spec.domain}`],
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: ISSUER },
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      },
    });
  }
}
