import { NAMESPACE } from '../../lib/model/names';
import type { Component } from './component';
import { ON_SYSTEM_NODES } from './placement';
import { resourcesOf } from './size';

/** All feature gates of the chart (1.7.0): a list replaces the chart's. Schedules of tenants are RayCronJobs. */
const FEATURE_GATES = {
  RayClusterStatusConditions: true,
  RayJobDeletionPolicy: true,
  RayMultiHostIndexing: true,
  RayServiceIncrementalUpgrade: true,
  RayCronJob: true,
  RayClusterMTLS: false,
  RayClusterNetworkPolicy: false,
  RayClusterHistoryServer: false,
};

/** Runs Ray clusters, services and jobs of all namespaces. */
export const KUBERAY: Component = {
  name: 'kuberay',
  namespace: NAMESPACE.kuberay,
  wave: 2,
  values: (cluster) => ({
    // One works; the other takes over within seconds when a node goes.
    replicas: 2,
    leaderElectionEnabled: true,
    rbacEnable: true,
    singleNamespaceInstall: false,
    featureGates: Object.entries(FEATURE_GATES).map(([name, enabled]) => ({ name, enabled })),
    resources: resourcesOf(cluster, 'kuberay'),
    tolerations: ON_SYSTEM_NODES,
  }),
};
