import { type TSchema, Type } from '@sinclair/typebox';
import { Catalogue, Count, Cpu, Fields, List, Memory, Name, OneOf } from './fields';

/** An amount of one resource: all of it interactive, or interactive and queued apart. */
const Budget = <T extends TSchema>(amount: (description: string) => T, unit: string, description: string) =>
  Type.Union(
    [
      amount(`${unit} for notebooks, Ray clusters and services; nothing for queued jobs.`),
      Fields(
        {
          interactive: amount(`${unit} for notebooks, Ray clusters and services.`),
          jobs: Type.Optional(
            Fields(
              {
                guaranteed: amount(
                  `${unit} that queued jobs always get; others may borrow it while it is idle.`,
                ),
                max: Type.Optional(
                  amount(
                    `${unit} that queued jobs may use together when others leave room; never more than all tenants of the cluster guarantee together. Default: guaranteed.`,
                  ),
                ),
              },
              'Budget of jobs that wait in the queue (Kueue). Default: no queued jobs.',
            ),
          ),
        },
        `${unit}, interactive and queued apart.`,
      ),
    ],
    { description },
  );

const CpuBudget = Budget(
  Cpu,
  'Cores',
  'Cores on CPU nodes: a number (all interactive) or {interactive, jobs}. Each granted GPU brings its own cores on top (gpuTypes.<type>.perGpu of the cluster).',
);

const MemoryBudget = Budget(
  Memory,
  'Memory',
  'Memory on CPU nodes: a size (all interactive) or {interactive, jobs}. Each granted GPU brings its own memory on top.',
);

const GpuBudget = Budget(
  (description) => Count(description),
  'GPUs',
  'GPUs of one type: a number (all interactive) or {interactive, jobs}.',
);

const gpus = Catalogue(
  GpuBudget,
  'GPUs by type, a key of gpuTypes of the cluster. Default: none. A type that is not listed cannot be used.',
);

const storage = Memory('Sum of all volumes: homes of members and what they claim themselves.');

export const Quota = Fields(
  { cpu: CpuBudget, memory: MemoryBudget, storage, gpus: Type.Optional(gpus) },
  'What the tenant may use. The sum over tenants must fit into the pools of the cluster.',
);

const Placement = Fields(
  {
    state: Type.Optional(
      OneOf(
        ['active', 'frozen', 'archived'],
        'State on this cluster: archive a tenant on a cluster before it leaves it. Default: spec.state.',
      ),
    ),
    quota: Type.Optional(
      Fields(
        {
          cpu: Type.Optional(CpuBudget),
          memory: Type.Optional(MemoryBudget),
          storage: Type.Optional(storage),
          gpus: Type.Optional(gpus),
        },
        'Replaces the same fields of spec.quota on this cluster. Default: spec.quota as it is.',
      ),
    ),
  },
  'What differs on this cluster.',
);

export const Clusters = Type.Union(
  [
    List(Name('Name of a file in clusters/.'), 'Names of clusters.', 1),
    Catalogue(Placement, 'Clusters by name, with what differs there.', 1),
  ],
  {
    description: 'Clusters that the tenant lives on: a list of names, or a map from name to {quota, state}.',
  },
);
