import type { Pointer } from '../../../issue';
import { isMap } from '../../defaults';
import { items, parsePath, valueAt } from '../path';
import type { ClusterSpec } from '../ray/cluster-spec';
import type { JobSpec } from '../ray/ray-job';
import type { Rule, Tell } from '../rule';
import { QUEUE } from './queued-job';

interface Queued {
  readonly kind: string;
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: JobSpec;
}

const CLUSTERS: Readonly<Record<string, readonly string[]>> = {
  RayCluster: parsePath('spec'),
  RayJob: parsePath('spec.rayClusterSpec'),
  RayService: parsePath('spec.rayClusterConfig'),
};
const ELASTIC = 'kueue.x-k8s.io/elastic-job';
/** Groups of a Workload, the head among them. */
const MOST_GROUPS = 18;

/** What Kueue asks of Ray in a queue (webhooks in pkg/controller/jobs/ray* of Kueue v0.19.2). */
export const queuedRay: Rule<Queued> = {
  id: 'queued-ray',
  class: 'controller',
  kinds: Object.keys(CLUSTERS).map((kind) => `ray.io/v1/${kind}`),
  check(object, tell) {
    const { kind, metadata = {}, spec = {} } = object;
    if (!metadata.labels?.[QUEUE]) return;
    if (kind === 'RayJob') checkJob(spec, tell);
    const at = CLUSTERS[kind] ?? [];
    const cluster = valueAt(object, at);
    if (!isMap(cluster)) return;
    checkCluster(cluster as unknown as ClusterSpec, metadata.annotations?.[ELASTIC] === 'true', at, tell);
  },
};

function checkJob(
  { clusterSelector = {}, rayClusterSpec, shutdownAfterJobFinishes }: JobSpec,
  tell: Tell,
): void {
  if (rayClusterSpec === undefined) return;
  if (Object.keys(clusterSelector).length > 0)
    tell(['spec', 'clusterSelector'], 'cannot stand beside rayClusterSpec in a queue');
  else if (shutdownAfterJobFinishes !== true)
    tell(['spec'], 'needs shutdownAfterJobFinishes in a queue: its cluster would keep the quota');
}

function checkCluster(
  { enableInTreeAutoscaling, workerGroupSpecs = [] }: ClusterSpec,
  elastic: boolean,
  at: Pointer,
  tell: Tell,
): void {
  if (enableInTreeAutoscaling === true && !elastic)
    tell([...at, 'enableInTreeAutoscaling'], `needs the annotation ${ELASTIC} in a queue`);
  if (workerGroupSpecs.length >= MOST_GROUPS)
    tell([...at, 'workerGroupSpecs'], `must have less than ${MOST_GROUPS} groups in a queue`);
  for (const [{ groupName }, pointer] of items(workerGroupSpecs, [...at, 'workerGroupSpecs'])) {
    if (groupName === 'head') tell([...pointer, 'groupName'], 'must not be "head" in a queue');
  }
}
