import type { NodePool } from '../../imports/karpenter.sh';
import { INSTANCE_TYPES } from '../check/instance-types';
import { ONE, parseQuantity } from '../judge/quantity';
import { templatesOf } from '../judge/templates';
import { poolOf } from '../model/cluster';
import { GPU_RESOURCE } from '../model/names';
import type { KubernetesObject } from '../render/manifest';
import type { Evidence, Gap, Proof } from './proof';
import { takes } from './references';

/** What one pod asks for: cores, mebibytes, GPUs. */
interface Size {
  readonly cpu: number;
  readonly memory: number;
  readonly gpus: number;
}

/** Karpenter says so too, but only to who reads its log: the pod waits for ever. */
export const SCHEDULABLE: Proof = {
  rule: 'unschedulable-pod',
  proves:
    'each Ray pod, with the sidecar that KubeRay adds, and each notebook fits an instance type and the limits of a pool that takes it',
  why: 'A pod that no instance can hold waits for ever, and Karpenter says so in its log alone. What DaemonSets take of a node is not counted: nobody publishes it.',
  source: 'Karpenter 1.14, instance-types reference and NodePool limits',
  find: (evidence) => [...rayPods(evidence), ...notebooks(evidence)],
};

function rayPods({ objects, platform }: Evidence): Gap[] {
  const pools = platform.filter(({ kind }) => kind === 'NodePool') as (KubernetesObject & NodePool)[];
  return objects.flatMap((object) =>
    templatesOf(object).flatMap((template): Gap[] => {
      const { where, spec } = template;
      const sizes = [...spec.containers.map(({ resources }) => resources), sidecarOf(object, where)].map(
        sizeOf,
      );
      const size = sizes.reduce(add, NOTHING);
      const taking = pools.filter((pool) => takes(pool, template));
      if (taking.length === 0 || taking.some((pool) => holds(pool, size))) return [];
      const names = taking.map(({ metadata }) => metadata.name).join(', ');
      return [
        { object, message: `${where} asks for ${describe(size)}, which no instance of pool ${names} has` },
      ];
    }),
  );
}

/** Resources of the autoscaler, which KubeRay adds to the head where the cluster scales (1.7). */
function sidecarOf(object: KubernetesObject, where: string): Resources | undefined {
  const path = where.split('.');
  if (path.at(-2) !== 'headGroupSpec') return undefined;
  const cluster = path
    .slice(0, -2)
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], object);
  const { enableInTreeAutoscaling, autoscalerOptions } = cluster as {
    readonly enableInTreeAutoscaling?: boolean;
    readonly autoscalerOptions?: { readonly resources?: Resources };
  };
  return enableInTreeAutoscaling === true ? autoscalerOptions?.resources : undefined;
}

function notebooks({ placement }: Evidence): Gap[] {
  return placement.notebooks.profiles.flatMap((profile): Gap[] => {
    const pool = poolOf(placement.cluster, placement.tenant, profile.gpu?.type);
    const size = { cpu: profile.cpu, memory: profile.memory, gpus: profile.gpu?.count ?? 0 };
    if (pool === undefined || fits(size, pool.families)) return [];
    return [
      {
        message: `profile ${profile.name} asks for ${describe(size)}, which no instance of pool ${pool.name} has`,
      },
    ];
  });
}

type Amount = string | number;
interface Resources {
  readonly requests?: Readonly<Record<string, Amount>>;
}

const NOTHING: Size = { cpu: 0, memory: 0, gpus: 0 };

function sizeOf(resources: Resources | undefined): Size {
  const { cpu = '0', memory = '0', [GPU_RESOURCE]: gpus = 0 } = resources?.requests ?? {};
  return { cpu: cores(cpu), memory: mebibytes(memory), gpus: Number(gpus) };
}

const cores = (amount: Amount) => Number(parseQuantity(amount) ?? 0n) / Number(ONE);
const mebibytes = (amount: Amount) => cores(amount) / 2 ** 20;

function add(a: Size, b: Size): Size {
  return { cpu: a.cpu + b.cpu, memory: a.memory + b.memory, gpus: a.gpus + b.gpus };
}

/** Whether an instance of the pool has as much, and the pool may have as much. */
function holds({ spec }: NodePool, size: Size): boolean {
  const families =
    spec.template.spec.requirements.find(({ key }) => key === 'karpenter.k8s.aws/instance-family')?.values ??
    [];
  const { cpu, memory, [GPU_RESOURCE]: gpus } = (spec.limits ?? {}) as Record<string, Amount | undefined>;
  return (
    fits(size, families) &&
    (cpu === undefined || cores(cpu) >= size.cpu) &&
    (memory === undefined || mebibytes(memory) >= size.memory) &&
    (gpus === undefined || Number(gpus) >= size.gpus)
  );
}

function fits({ cpu, memory, gpus }: Size, families: readonly string[]): boolean {
  return INSTANCE_TYPES.some(
    (type) => families.includes(type.family) && type.cpu >= cpu && type.memory >= memory && type.gpus >= gpus,
  );
}

function describe({ cpu, memory, gpus }: Size): string {
  return `${gpus === 0 ? '' : `${gpus} GPUs, `}${cpu} cores and ${memory} MiB`;
}
