import type { Pointer } from '../issue';
import { formatMebibytes } from '../model/quantity';
import { INSTANCE_TYPES, type InstanceType } from './instance-types';
import type { Report } from './reporter';

/** What one pod asks for: cores, mebibytes, GPUs. */
type Size = Pick<InstanceType, 'cpu' | 'memory' | 'gpus'>;

/**
 * Some instance of the families is large enough for one pod, or it would wait for ever. DaemonSets take
 * their part too, so a size just below may still not fit.
 */
export function checkSize(
  size: Size,
  families: readonly string[],
  where: string,
  pointer: Pointer,
  report: Report,
): void {
  const types = INSTANCE_TYPES.filter(({ family }) => families.includes(family));
  const [largest] = [...types].sort((a, b) => b.gpus - a.gpus || b.cpu - a.cpu || b.memory - a.memory);
  if (largest === undefined || types.some((type) => holds(type, size))) return;
  report(
    pointer,
    'instance-size',
    `no instance of ${families.join(', ')} has ${describe(size)} (${where})`,
    `the largest, ${largest.name}, has ${describe(largest)}: take more of a smaller size`,
  );
}

function holds(type: Size, size: Size): boolean {
  return type.cpu >= size.cpu && type.memory >= size.memory && type.gpus >= size.gpus;
}

function describe({ cpu, memory, gpus }: Size): string {
  return `${gpus === 0 ? '' : `${gpus} GPUs, `}${cpu} cores and ${formatMebibytes(memory)}`;
}
