import { LABEL, NAMESPACE } from '../../lib/model/names';
import { dumpText } from '../../lib/render/dump';
import type { Component } from './component';
import { ON_SYSTEM_NODES } from './placement';
import { QueuesChart } from './queues';
import { resourcesOf } from './size';

/**
 * Configuration of the controller: a text replaces the chart's, so what the chart (0.19.2) needs is in it too. Only
 * jobs are queued. The chart's webhooks of other kinds, RayCluster and Job among them, refuse changes in tenants'
 * namespaces while Kueue is down, whatever is listed here; with `pod` listed, those of pods would too.
 */
const CONFIGURATION = {
  apiVersion: 'config.kueue.x-k8s.io/v1beta2',
  kind: 'Configuration',
  health: { healthProbeBindAddress: ':8081' },
  metrics: { bindAddress: ':8443' },
  webhook: { port: 9443 },
  leaderElection: { leaderElect: true, resourceName: 'c1f6bfd2.kueue.x-k8s.io' },
  clientConnection: { qps: 300, burst: 500 },
  integrations: { frameworks: ['ray.io/rayjob'] },
  // The policy `tenantry-job-queue` labels every RayJob of a tenant; nothing outside tenants is Kueue's business.
  manageJobsWithoutQueueName: false,
  managedJobsNamespaceSelector: { matchExpressions: [{ key: LABEL.tenant, operator: 'Exists' }] },
  // A cold GPU node with a large image took 393 s (awslabs/data-on-eks, 2026-07-10): three times that, rounded up.
  waitForPodsReady: {
    timeout: '20m',
    recoveryTimeout: '20m',
    blockAdmission: false,
    requeuingStrategy: { timestamp: 'Eviction', backoffBaseSeconds: 60, backoffMaxSeconds: 3600 },
  },
  // A resource that no queue has would keep the job waiting for ever.
  resources: { excludeResourcePrefixes: ['ephemeral-storage'] },
};

/** Queues jobs of tenants and lends idle quota. */
export const KUEUE: Component = {
  name: 'kueue',
  namespace: NAMESPACE.kueue,
  wave: 2,
  values: (cluster) => ({
    controllerManager: {
      replicas: 2,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      tolerations: ON_SYSTEM_NODES,
      manager: { resources: resourcesOf(cluster, 'kueue') },
    },
    managerConfig: { controllerManagerConfigYaml: dumpText(CONFIGURATION) },
  }),
  charts: [QueuesChart],
};
