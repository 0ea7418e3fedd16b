import { AWS_ACCOUNT } from '../../lib/model/names';
import type { Component } from './component';
import { ON_SYSTEM_NODES } from './placement';
import { SecretStoreChart } from './secret-store';

const { namespace, name: serviceAccount } = AWS_ACCOUNT.externalSecrets;

/** Brings secrets in from AWS Secrets Manager, and makes what only has to be random. */
export const EXTERNAL_SECRETS: Component = {
  name: 'external-secrets',
  namespace,
  wave: 1,
  values: () => ({
    installCRDs: false,
    serviceAccount: { name: serviceAccount },
    replicaCount: 2,
    leaderElect: true,
    webhook: { replicaCount: 2 },
    global: { tolerations: ON_SYSTEM_NODES },
    // Nothing is ever written to Secrets Manager, and no secret goes to many namespaces at once.
    processPushSecret: false,
    processClusterPushSecret: false,
    processClusterExternalSecret: false,
    // What a role `edit` of somebody else may do is not for this chart to widen.
    rbac: { aggregateToView: false, aggregateToEdit: false, aggregateToAdmin: false },
  }),
  charts: [SecretStoreChart],
};
