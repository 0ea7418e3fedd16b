import type { Container, PodTemplateSpec } from '../../../imports/core';
import { poolOf } from '../../../lib/model/cluster';
import { SUBMITTER } from '../../../lib/model/demand';
import {
  datasetClaim,
  datasetPath,
  GPU_RESOURCE,
  LABEL,
  NO_GPU,
  priorityClass,
  SERVICE_ACCOUNT,
  TAINT,
} from '../../../lib/model/names';
import type { Compute, Image, Placement, WorkerGroup } from '../../../lib/model/platform';
import { formatCores, formatMebibytes } from '../../../lib/model/quantity';
import { CONTAINER_SECURITY, POD_SECURITY } from './security';

/** Karpenter reads it on pods only: on the Ray object it does nothing. */
const DO_NOT_DISRUPT = { 'karpenter.sh/do-not-disrupt': 'true' };
const CAPACITY_TYPE = 'karpenter.sh/capacity-type';

/** Written out, since the API server adds protocol to the stored list and Argo CD would see a difference. */
const HEAD_PORTS = [
  { name: 'gcs-server', containerPort: 6379, protocol: 'TCP' },
  { name: 'dashboard', containerPort: 8265, protocol: 'TCP' },
  { name: 'client', containerPort: 10001, protocol: 'TCP' },
  { name: 'serve', containerPort: 8000, protocol: 'TCP' },
  { name: 'metrics', containerPort: 8080, protocol: 'TCP' },
];

/** The head: on-demand CPU node, not moved while it runs. Only where it autoscales it needs the API server. */
export function headTemplate(
  placement: Placement,
  image: Image,
  head: Compute,
  autoscaling: boolean,
): PodTemplateSpec {
  return {
    metadata: { labels: labels(placement), annotations: DO_NOT_DISRUPT },
    spec: {
      ...placementOf(placement, undefined, 'on-demand'),
      serviceAccountName: SERVICE_ACCOUNT.rayHead,
      automountServiceAccountToken: autoscaling,
      restartPolicy: 'Never',
      securityContext: POD_SECURITY,
      containers: [{ ...rayContainer('ray-head', placement, image, head), ports: HEAD_PORTS }],
      volumes: volumes(placement, head),
    },
  };
}

/** A worker; those of jobs must not be moved in the middle of a run. */
export function workerTemplate(
  placement: Placement,
  image: Image,
  worker: WorkerGroup,
  options: { readonly movable: boolean },
): PodTemplateSpec {
  return {
    metadata: { labels: labels(placement), ...(options.movable ? {} : { annotations: DO_NOT_DISRUPT }) },
    spec: {
      ...placementOf(placement, worker.gpu?.type, worker.capacity),
      serviceAccountName: SERVICE_ACCOUNT.rayWorker,
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      securityContext: POD_SECURITY,
      containers: [rayContainer('ray-worker', placement, image, worker)],
      volumes: volumes(placement, worker),
    },
  };
}

/** The pod that submits a RayJob; KubeRay fills in its command. */
export function submitterTemplate(placement: Placement, image: Image): PodTemplateSpec {
  return {
    metadata: { labels: labels(placement), annotations: DO_NOT_DISRUPT },
    spec: {
      ...placementOf(placement, undefined, undefined),
      serviceAccountName: SERVICE_ACCOUNT.rayWorker,
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      securityContext: POD_SECURITY,
      containers: [container('ray-job-submitter', image, SUBMITTER)],
    },
  };
}

function labels({ tenant }: Placement): Record<string, string> {
  return { [LABEL.tenant]: tenant };
}

/** Node selection, tolerations and priority from the catalogue: a tenant file cannot write them. */
function placementOf(
  { cluster, tenant }: Placement,
  gpuType: string | undefined,
  capacity: string | undefined,
) {
  const pool = poolOf(cluster, tenant, gpuType);
  const gpuToleration = { key: TAINT.gpu, operator: 'Equal', value: gpuType ?? '', effect: 'NoSchedule' };
  const tenantToleration = { key: TAINT.tenant, operator: 'Equal', value: tenant, effect: 'NoSchedule' };
  const tolerations = [
    ...(gpuType === undefined ? [] : [gpuToleration]),
    ...(pool?.tenant === undefined ? [] : [tenantToleration]),
  ];
  return {
    priorityClassName: priorityClass(gpuType),
    nodeSelector: {
      [LABEL.gpuType]: gpuType ?? NO_GPU,
      ...(pool?.tenant === undefined ? {} : { [LABEL.tenant]: tenant }),
      ...(capacity === undefined ? {} : { [CAPACITY_TYPE]: capacity }),
    },
    ...(tolerations.length === 0 ? {} : { tolerations }),
  };
}

function container(name: string, image: Image, compute: Compute): Container {
  const amounts = {
    cpu: formatCores(compute.cpu),
    memory: formatMebibytes(compute.memory),
    ...(compute.gpu === undefined ? {} : { [GPU_RESOURCE]: String(compute.gpu.count) }),
  };
  return {
    name,
    image: image.image,
    imagePullPolicy: 'IfNotPresent',
    resources: { requests: amounts, limits: amounts },
    securityContext: CONTAINER_SECURITY,
  };
}

function rayContainer(name: string, placement: Placement, image: Image, compute: Compute): Container {
  const { datasets, secrets } = placement;
  const mounts = datasets.map((dataset) => ({
    name: datasetClaim(dataset),
    mountPath: datasetPath(dataset),
    readOnly: true,
  }));
  const envFrom = secrets.map((secret) => ({ secretRef: { name: secret } }));
  return {
    ...container(name, image, compute),
    ...(envFrom.length === 0 ? {} : { envFrom }),
    volumeMounts: [{ name: 'shm', mountPath: '/dev/shm' }, ...mounts],
  };
}

function volumes({ datasets }: Placement, compute: Compute) {
  const claims = datasets.map(datasetClaim);
  return [
    sharedMemory(compute),
    ...claims.map((claim) => ({
      name: claim,
      persistentVolumeClaim: { claimName: claim, readOnly: true },
    })),
  ];
}

/** Ray's object store takes 30 % of the memory; the volume counts towards the container's limit. */
export function sharedMemory({ memory }: Pick<Compute, 'memory'>) {
  const sizeLimit = formatMebibytes(Math.floor((memory * 3) / 10));
  return { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit } };
}
