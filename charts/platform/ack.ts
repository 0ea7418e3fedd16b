import { AWS_ACCOUNT } from '../../lib/model/names';
import type { Component } from './component';
import { ON_SYSTEM_NODES } from './placement';

/** AWS Controllers for Kubernetes, one a service: the account, and the kinds that are rendered. */
const CONTROLLERS = [
  { name: 'ack-eks', account: AWS_ACCOUNT.ackEks, kinds: ['AccessEntry', 'PodIdentityAssociation'] },
  { name: 'ack-iam', account: AWS_ACCOUNT.ackIam, kinds: ['Policy', 'Role'] },
  { name: 'ack-s3', account: AWS_ACCOUNT.ackS3, kinds: ['Bucket'] },
] as const;

/** Identity and buckets from Git: a tenant's pull request needs no deployment of the cluster's own stack. */
export const ACK: readonly Component[] = CONTROLLERS.map(({ name, account, kinds }) => ({
  name,
  namespace: account.namespace,
  wave: 1,
  values: ({ spec }) => ({
    aws: { region: spec.region },
    serviceAccount: { name: account.name },
    installScope: 'cluster',
    reconcile: { resources: kinds },
    // What goes from Git stays in AWS: buckets hold data, roles are in use.
    deletionPolicy: 'retain',
    // Neither other accounts nor references into other namespaces: both would reach over the fence of a tenant.
    enableCARM: false,
    enableCrossNamespace: false,
    leaderElection: { enabled: true },
    deployment: { tolerations: ON_SYSTEM_NODES },
  }),
}));
