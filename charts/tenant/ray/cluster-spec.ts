import type { RayClusterSpec, RayClusterWorkerGroupSpec } from '../../../imports/ray.io';
import { AUTOSCALER } from '../../../lib/model/demand';
import { RAY_TOKEN } from '../../../lib/model/names';
import type { Compute, Image, Placement, WorkerGroup } from '../../../lib/model/platform';
import { formatCores, formatMebibytes } from '../../../lib/model/quantity';
import { headTemplate, workerTemplate } from './pod';
import { CONTAINER_SECURITY } from './security';

interface Ray {
  readonly image: Image;
  readonly head: Compute;
  readonly workers: readonly WorkerGroup[];
}

/** A cluster that scales itself between min and max: for interactive use and services. */
export function autoscalingSpec(placement: Placement, ray: Ray, idleTimeoutSeconds: number): RayClusterSpec {
  const resources = { cpu: formatCores(AUTOSCALER.cpu), memory: formatMebibytes(AUTOSCALER.memory) };
  return {
    ...clusterSpec(placement, ray, { autoscaling: true }),
    autoscalerOptions: {
      // Unless the field says v2, KubeRay 1.7 sets up v1 whatever Ray does.
      version: 'v2',
      upscalingMode: 'Default',
      idleTimeoutSeconds,
      imagePullPolicy: 'IfNotPresent',
      resources: { requests: resources, limits: resources },
      securityContext: CONTAINER_SECURITY,
    },
  };
}

/** A cluster of fixed size for one job: Kueue admits it whole. */
export function fixedSpec(placement: Placement, ray: Ray): RayClusterSpec {
  return clusterSpec(placement, ray, { autoscaling: false });
}

function clusterSpec(
  placement: Placement,
  ray: Ray,
  { autoscaling }: { autoscaling: boolean },
): RayClusterSpec {
  return {
    rayVersion: ray.image.ray,
    enableInTreeAutoscaling: autoscaling,
    // An empty authOptions would leave the dashboard open to everybody who reaches it (KubeRay 1.7, IsAuthEnabled).
    authOptions: { mode: 'token', secretName: RAY_TOKEN.secret },
    headGroupSpec: {
      serviceType: 'ClusterIP',
      // No tasks on the head: it must outlive them.
      rayStartParams: { 'dashboard-host': '0.0.0.0', 'num-cpus': '0' },
      template: headTemplate(placement, ray.image, ray.head, autoscaling),
    },
    workerGroupSpecs: ray.workers.map((worker) =>
      workerGroup(placement, ray.image, worker, { movable: autoscaling }),
    ),
  };
}

/** One group of workers; those of jobs must not be moved in the middle of a run. */
export function workerGroup(
  placement: Placement,
  image: Image,
  worker: WorkerGroup,
  options: { readonly movable: boolean },
): RayClusterWorkerGroupSpec {
  return {
    groupName: worker.name,
    // The autoscaler writes replicas; equal to min in Git, so that a sync never adds workers.
    replicas: worker.min,
    minReplicas: worker.min,
    maxReplicas: worker.max,
    // Defaults of an atomic list, written out: see decisions/0006.
    numOfHosts: 1,
    priority: 0,
    rayStartParams: {},
    template: workerTemplate(placement, image, worker, options),
  };
}
