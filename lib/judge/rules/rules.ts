import { admissionBinding } from './admission/admission-binding';
import { admissionExpressions } from './admission/admission-expressions';
import { admissionMutations } from './admission/admission-mutations';
import { admissionPolicy } from './admission/admission-policy';
import { admissionResources } from './admission/admission-resources';
import { project } from './argo/project';
import { projectAccounts } from './argo/project-accounts';
import { projectWindows } from './argo/project-windows';
import { claim } from './core/claim';
import { configKeys } from './core/config-keys';
import { configSize } from './core/config-size';
import { immutableConfig } from './core/immutable-config';
import { limitOrder } from './core/limit-order';
import { limitRange } from './core/limit-range';
import { persistentVolume } from './core/persistent-volume';
import { priorityClass } from './core/priority-class';
import { quotaResources } from './core/quota-resources';
import { quotaScopes } from './core/quota-scopes';
import { secretType } from './core/secret-type';
import { service } from './core/service';
import { serviceAddresses } from './core/service-addresses';
import { servicePorts } from './core/service-ports';
import { serviceUpdate } from './core/service-update';
import { storageClass } from './core/storage-class';
import { nodeLabels } from './karpenter/node-labels';
import { nodeTaints } from './karpenter/node-taints';
import { flavors } from './kueue/flavors';
import { queueQuotas } from './kueue/queue-quotas';
import { queueSettings } from './kueue/queue-settings';
import { queuedJob } from './kueue/queued-job';
import { queuedRay } from './kueue/queued-ray';
import { annotations } from './meta/annotations';
import { finalizers } from './meta/finalizers';
import { immutable } from './meta/immutable';
import { labels } from './meta/labels';
import { objectName } from './meta/object-name';
import { objectNamespace } from './meta/object-namespace';
import { objectSize } from './meta/object-size';
import { ownerReferences } from './meta/owner-references';
import { podSecurityLevels } from './meta/pod-security-levels';
import { ingress } from './networking/ingress';
import { ingressClass } from './networking/ingress-class';
import { ingressPaths } from './networking/ingress-paths';
import { networkPeers } from './networking/network-peers';
import { networkPolicy } from './networking/network-policy';
import { containerEnv } from './pod/container-env';
import { containerEnvFrom } from './pod/container-env-from';
import { containerImages } from './pod/container-images';
import { containerNames } from './pod/container-names';
import { containerPorts } from './pod/container-ports';
import { containerResources } from './pod/container-resources';
import { containerValues } from './pod/container-values';
import { fieldReferences } from './pod/field-references';
import { handlers } from './pod/handlers';
import { initContainers } from './pod/init-containers';
import { keyReferences } from './pod/key-references';
import { nodeAffinity } from './pod/node-affinity';
import { nodeSelector } from './pod/node-selector';
import { podAffinity } from './pod/pod-affinity';
import { podDns } from './pod/pod-dns';
import { podSpec } from './pod/pod-spec';
import { podUpdate } from './pod/pod-update';
import { podValues } from './pod/pod-values';
import { probes } from './pod/probes';
import { securityContext } from './pod/security-context';
import { tolerations } from './pod/tolerations';
import { topologySpread } from './pod/topology-spread';
import { volumeFiles } from './pod/volume-files';
import { volumeMounts } from './pod/volume-mounts';
import { volumeObjects } from './pod/volume-objects';
import { volumeSources } from './pod/volume-sources';
import { volumes } from './pod/volumes';
import { forOperators } from './pods';
import { broadBinding } from './policy/broad-binding';
import { broadToleration } from './policy/broad-toleration';
import { emptySelector } from './policy/empty-selector';
import { longLabel } from './policy/long-label';
import { milliBytes } from './policy/milli-bytes';
import { openHost } from './policy/open-host';
import { openNetworkPolicy } from './policy/open-network-policy';
import { podSecurityLabels } from './policy/pod-security-labels';
import { quotaKey } from './policy/quota-key';
import { rayAuth } from './ray/ray-auth';
import { rayAutoscaler } from './ray/ray-autoscaler';
import { rayDeletion } from './ray/ray-deletion';
import { rayFaultTolerance } from './ray/ray-fault-tolerance';
import { rayGroups } from './ray/ray-groups';
import { rayHistory } from './ray/ray-history';
import { rayJob } from './ray/ray-job';
import { rayNames } from './ray/ray-names';
import { rayNetworkPolicy } from './ray/ray-network-policy';
import { rayReplicas } from './ray/ray-replicas';
import { rayRuntimeEnv } from './ray/ray-runtime-env';
import { raySchedule } from './ray/ray-schedule';
import { rayService } from './ray/ray-service';
import { rayStorage } from './ray/ray-storage';
import { rayTls } from './ray/ray-tls';
import { rayUpgrade } from './ray/ray-upgrade';
import { policyRules } from './rbac/policy-rules';
import { roleReference } from './rbac/role-reference';
import { subjects } from './rbac/subjects';
import type { Rule } from './rule';
import { autoscaler } from './workload/autoscaler';
import { cronJobs } from './workload/cron-jobs';
import { disruptionBudget } from './workload/disruption-budget';
import { jobName } from './workload/job-name';
import { jobs } from './workload/jobs';
import { serviceName } from './workload/service-name';
import { templateMetadata } from './workload/template-metadata';
import { updateStrategy } from './workload/update-strategy';
import { workloadNumbers } from './workload/workload-numbers';
import { workloadPods } from './workload/workload-pods';
import { workloadSelector } from './workload/workload-selector';

/** Rules about the pods of every kind. */
const PODS = [
  containerEnvFrom,
  containerEnv,
  containerImages,
  containerNames,
  containerPorts,
  containerResources,
  containerValues,
  fieldReferences,
  handlers,
  initContainers,
  keyReferences,
  nodeAffinity,
  nodeSelector,
  podAffinity,
  podDns,
  podValues,
  probes,
  securityContext,
  tolerations,
  topologySpread,
  volumeFiles,
  volumeMounts,
  volumeObjects,
  volumeSources,
  volumes,
];

/** Every rule, in the order of their findings. */
export const RULES: readonly Rule[] = [
  annotations,
  finalizers,
  immutable,
  labels,
  objectName,
  objectNamespace,
  objectSize,
  ownerReferences,
  podSecurityLevels,
  claim,
  configKeys,
  configSize,
  immutableConfig,
  serviceUpdate,
  podUpdate,
  limitOrder,
  limitRange,
  persistentVolume,
  priorityClass,
  quotaResources,
  quotaScopes,
  secretType,
  serviceAddresses,
  servicePorts,
  service,
  storageClass,
  autoscaler,
  cronJobs,
  disruptionBudget,
  jobName,
  jobs,
  serviceName,
  templateMetadata,
  updateStrategy,
  workloadNumbers,
  workloadPods,
  workloadSelector,
  ingressClass,
  ingressPaths,
  ingress,
  networkPeers,
  networkPolicy,
  policyRules,
  roleReference,
  subjects,
  admissionBinding,
  admissionExpressions,
  admissionMutations,
  admissionPolicy,
  admissionResources,
  rayAuth,
  rayAutoscaler,
  rayDeletion,
  rayFaultTolerance,
  rayGroups,
  rayHistory,
  rayJob,
  rayNames,
  rayNetworkPolicy,
  rayReplicas,
  rayRuntimeEnv,
  raySchedule,
  rayService,
  rayStorage,
  rayTls,
  rayUpgrade,
  flavors,
  queueQuotas,
  queueSettings,
  queuedJob,
  queuedRay,
  nodeLabels,
  nodeTaints,
  project,
  projectAccounts,
  projectWindows,
  broadBinding,
  broadToleration,
  emptySelector,
  longLabel,
  milliBytes,
  openHost,
  openNetworkPolicy,
  podSecurityLabels,
  quotaKey,
  podSpec,
  ...PODS,
  ...PODS.map(forOperators),
];

const byKind = new Map<string, readonly Rule[]>();

/** The rules for a kind, such as `v1/Pod`. */
export function rulesFor(kind: string): readonly Rule[] {
  let rules = byKind.get(kind);
  if (rules === undefined) {
    rules = RULES.filter(({ kinds }) => kinds === undefined || kinds.includes(kind));
    byKind.set(kind, rules);
  }
  return rules;
}
