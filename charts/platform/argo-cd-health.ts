/** Start of every script: what Argo CD shows until the controller has written a status. */
const HEAD = `hs = { status = "Progressing", message = "waiting for its controller" }
if obj.status == nil then return hs end
`;

/** Finds a condition by its type. */
const CONDITION = `local function condition(type)
  for _, c in ipairs(obj.status.conditions or {}) do
    if c.type == type then return c end
  end
  return {}
end
`;

/** Nothing here may hold a sync up: suspended, queued and waiting for a node are healthy (see decisions/0006). */
const RAY_CLUSTER = `${HEAD}${CONDITION}local head = condition("HeadPodReady")
if condition("ReplicaFailure").status == "True" then
  return { status = "Degraded", message = condition("ReplicaFailure").message }
end
if condition("RayClusterSuspended").status == "True" or obj.status.state == "suspended" then
  return { status = "Healthy", message = "suspended" }
end
if obj.status.state == "failed" then return { status = "Degraded", message = obj.status.reason } end
if obj.status.state == "ready" or head.status == "True" then return { status = "Healthy" } end
-- KubeRay has no reason of its own for a pod that no node has taken yet (1.6.2: rayv1.UnknownReason is "Unknown").
if head.reason == "Unknown" then return { status = "Healthy", message = "waiting for a node" } end
return { status = "Progressing", message = head.message }
`;

const RAY_JOB = `${HEAD}local phase = obj.status.jobDeploymentStatus
if phase == "Failed" or phase == "ValidationFailed" then
  return { status = "Degraded", message = obj.status.message }
end
return { status = "Healthy", message = phase }
`;

const RAY_SERVICE = `${HEAD}${CONDITION}local ready = condition("Ready")
if ready.status == "True" then return { status = "Healthy" } end
if condition("Suspended").status == "True" then return { status = "Healthy", message = "suspended" } end
if ready.reason == "ValidationFailed" or ready.reason == "InitializingTimeout" then
  return { status = "Degraded", message = ready.message }
end
return { status = "Progressing", message = ready.message }
`;

/** Its status says only when it ran last (KubeRay 1.7). */
const RAY_CRON_JOB = `return { status = "Healthy" }
`;

/** A stopped queue is a frozen tenant's. */
const QUEUE = `${HEAD}${CONDITION}local active = condition("Active")
if active.status == "True" then return { status = "Healthy" } end
local reason = active.reason or ""
if string.find(reason, "Stopped") or reason == "ClusterQueueIsInactive" then
  return { status = "Healthy", message = active.message }
end
if active.status == "False" then return { status = "Degraded", message = active.message } end
return hs
`;

/** Not ready while any GPU node starts: one sick node must not hold up the platform. */
const CLUSTER_POLICY = `${HEAD}local state = obj.status.state
if state == "ignored" then return { status = "Degraded", message = "another ClusterPolicy is in force" } end
if state == nil then return hs end
return { status = "Healthy", message = state }
`;

/** AWS Controllers for Kubernetes; Argo CD 3.5.1 has no script for them. */
const ACK = `${HEAD}${CONDITION}local terminal = condition("ACK.Terminal")
if terminal.status == "True" then return { status = "Degraded", message = terminal.message } end
if condition("ACK.ResourceSynced").status == "True" then return { status = "Healthy" } end
return { status = "Progressing", message = condition("ACK.Recoverable").message }
`;

/** Without it a wave would not wait for the Applications in it. */
const APPLICATION = `hs = { status = "Progressing", message = "waiting for its first sync" }
if obj.status == nil or obj.status.health == nil then return hs end
if obj.status.operationState ~= nil and obj.status.operationState.phase == "Running" then
  return { status = "Progressing", message = "syncing" }
end
return { status = obj.status.health.status or "Progressing", message = obj.status.health.message }
`;

/** Health of kinds that Argo CD 3.5.1 does not know, as Lua, by group and kind. */
export const HEALTH: ReadonlyMap<string, string> = new Map([
  ['argoproj.io_Application', APPLICATION],
  ['eks.services.k8s.aws_AccessEntry', ACK],
  ['eks.services.k8s.aws_PodIdentityAssociation', ACK],
  ['iam.services.k8s.aws_Policy', ACK],
  ['iam.services.k8s.aws_Role', ACK],
  ['kueue.x-k8s.io_ClusterQueue', QUEUE],
  ['kueue.x-k8s.io_LocalQueue', QUEUE],
  ['nvidia.com_ClusterPolicy', CLUSTER_POLICY],
  ['ray.io_RayCluster', RAY_CLUSTER],
  ['ray.io_RayCronJob', RAY_CRON_JOB],
  ['ray.io_RayJob', RAY_JOB],
  ['ray.io_RayService', RAY_SERVICE],
  ['s3.services.k8s.aws_Bucket', ACK],
]);
