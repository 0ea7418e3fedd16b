import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { defaultImage } from '../../lib/model/cluster';
import { SUBMITTER } from '../../lib/model/demand';
import { JOB_CONFIG_MAP } from '../../lib/model/names';
import { DEFAULT_HEAD, DEFAULT_TIMEOUT_SECONDS } from '../../lib/model/placement';
import type { Compute, Image, Placement } from '../../lib/model/platform';
import { dumpText } from '../../lib/render/dump';
import { tenantLabels } from '../labels';
import { workerGroup } from './ray/cluster-spec';
import { jobSpec } from './ray/job-spec';

/** What one core of a worker without GPUs brings along: 4 GiB, as in EC2's general purpose families. */
const CORE: Compute = { cpu: 1, memory: 4096 };

/** Template of the RayJobs that notebooks submit with tenantry-job; none where a head would wait for ever. */
export class JobsChart extends Chart {
  constructor(scope: Construct, placement: Placement) {
    super(scope, 'jobs', { labels: tenantLabels(placement) });
    const { tenant, notebooks, allowed } = placement;
    if (!notebooks.submitJobs || !allowed.opens || mostCores(placement) < 0) return;
    new k8s.KubeConfigMap(this, 'ConfigMap-jobs', {
      metadata: { name: JOB_CONFIG_MAP, namespace: tenant },
      data: { 'template.yaml': dumpText(template(placement)) },
    });
  }
}

/** Workers are of one unit, which the helper multiplies: a core or a GPU, with what comes with it. */
function template(placement: Placement) {
  const { cluster, quota } = placement;
  const image = defaultImage(cluster);
  const gpus = [...quota.gpus].flatMap(([type, { max }]) => {
    const perGpu = cluster.gpuTypes.get(type)?.perGpu;
    return perGpu === undefined || max === 0
      ? []
      : [{ type, max, each: { ...perGpu, gpu: { type, count: 1 } } }];
  });
  return {
    job: {
      apiVersion: 'ray.io/v1',
      kind: 'RayJob',
      spec: jobSpec(placement, {
        image,
        head: DEFAULT_HEAD,
        workers: [],
        timeoutSeconds: DEFAULT_TIMEOUT_SECONDS,
      }),
    },
    image: image.key,
    images: Object.fromEntries(
      [...cluster.images].map(([key, { image, ray, python, cuda }]) => [
        key,
        { image, ray, python, ...(cuda && { cuda }) },
      ]),
    ),
    workers: Object.fromEntries(
      [{ type: 'cpu', max: mostCores(placement), each: CORE }, ...gpus].map(({ type, max, each }) => [
        type,
        { max, group: group(placement, image, each) },
      ]),
    ),
  };
}

function group(placement: Placement, image: Image, each: Compute) {
  return workerGroup(placement, image, { name: 'workers', min: 1, max: 1, ...each }, { movable: false });
}

/** Cores that the jobs budget leaves to workers beside the head and the submitter; below 0 where not even they fit. */
function mostCores({ quota: { cpu, memory } }: Placement): number {
  const cores = cpu.max - DEFAULT_HEAD.cpu - SUBMITTER.cpu;
  const mebibytes = memory.max - DEFAULT_HEAD.memory - SUBMITTER.memory;
  return Math.floor(Math.min(cores / CORE.cpu, mebibytes / CORE.memory));
}
