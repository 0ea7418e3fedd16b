import { AWS_ACCOUNT } from '../../lib/model/names';
import { CertificatesChart } from './certificates';
import type { Component } from './component';
import { ON_SYSTEM_NODES } from './placement';

const { namespace, name: serviceAccount } = AWS_ACCOUNT.certManager;

/** Certificates: of the domain by DNS-01, so that no solver pod runs in a tenant's namespace; of webhooks by itself. */
export const CERT_MANAGER: Component = {
  name: 'cert-manager',
  namespace,
  wave: 1,
  values: () => ({
    crds: { enabled: false },
    // The default namespace is kube-system.
    global: { leaderElection: { namespace } },
    serviceAccount: { name: serviceAccount },
    replicaCount: 2,
    tolerations: ON_SYSTEM_NODES,
    webhook: { replicaCount: 3, tolerations: ON_SYSTEM_NODES },
    cainjector: { replicaCount: 2, tolerations: ON_SYSTEM_NODES },
    // A Helm hook, which Argo CD would run at every sync; it judges health by itself.
    startupapicheck: { enabled: false },
  }),
  charts: [CertificatesChart],
};
