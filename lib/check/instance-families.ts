import { sorted } from '../model/cluster';
import type { ClusterFile } from '../schema/cluster';
import { INSTANCE_TYPES, type InstanceType } from './instance-types';
import { checkKey } from './references';
import type { Report } from './reporter';

/** One type of each family: all of a family carry the same GPU. */
const FAMILIES: ReadonlyMap<string, InstanceType> = new Map(
  INSTANCE_TYPES.map((type) => [type.family, type]),
);
const KNOWN = {
  what: 'instance family',
  where: 'imports/instance-types.json',
  keys: [...FAMILIES.keys()].sort(),
};

/** Families exist; those of a GPU type carry that GPU with that memory, those of CPU pools carry none. */
export function checkInstanceFamilies({ spec }: ClusterFile, report: Report): void {
  for (const [name, type] of sorted(spec.gpuTypes)) {
    for (const [index, family] of type.families.entries()) {
      checkGpuFamily(name, type.memory, family, index, report);
    }
  }
  for (const [name, pool] of sorted(spec.pools)) {
    for (const [index, family] of ('families' in pool ? pool.families : []).entries()) {
      const at = ['spec', 'pools', name, 'families', index];
      const gpuName = checkKey(report, at, family, KNOWN) ? FAMILIES.get(family)?.gpuName : undefined;
      if (gpuName !== undefined)
        report(at, 'gpu-family', `${family} has ${gpuName} GPUs; CPU pools have none`);
    }
  }
}

function checkGpuFamily(type: string, memory: string, family: string, index: number, report: Report): void {
  const at = ['spec', 'gpuTypes', type, 'families', index];
  if (!checkKey(report, at, family, KNOWN)) return;
  const { gpuName, gpuMemoryMiB } = FAMILIES.get(family) ?? {};
  if (gpuName !== type) {
    report(at, 'gpu-family', `${family} has ${gpuName ?? 'no'} GPUs, not ${type}`);
  } else if (memory !== `${gpuMemoryMiB}Mi`) {
    const pointer = ['spec', 'gpuTypes', type, 'memory'];
    report(pointer, 'gpu-memory', `${memory} differs from the ${gpuMemoryMiB}Mi of ${family}`);
  }
}
