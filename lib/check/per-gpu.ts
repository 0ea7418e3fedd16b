import type { Pointer } from '../issue';
import { toMebibytes } from '../model/quantity';
import type { Report } from './reporter';

interface GpuPod {
  readonly cpu?: number;
  readonly memory?: string;
  readonly gpu?: string;
  readonly gpus?: number;
}

const HINT = 'a grant of GPUs brings only that much along; take more GPUs for each, or a smaller size';

/** Cores and memory of a GPU pod are within what its GPUs bring along: quota counts no more for them. */
export function checkPerGpu(
  pod: GpuPod,
  perGpu: { readonly cpu: number; readonly memory: string } | undefined,
  at: Pointer,
  report: Report,
): void {
  if (perGpu === undefined) return;
  const count = pod.gpus ?? 1;
  if (pod.cpu !== undefined && pod.cpu > perGpu.cpu * count) {
    const bound = `perGpu.cpu ${perGpu.cpu} x ${count} of ${pod.gpu}`;
    report([...at, 'cpu'], 'above-per-gpu', `${pod.cpu} is above ${bound}`, HINT);
  }
  if (pod.memory !== undefined && toMebibytes(pod.memory) > toMebibytes(perGpu.memory) * count) {
    const bound = `perGpu.memory ${perGpu.memory} x ${count} of ${pod.gpu}`;
    report([...at, 'memory'], 'above-per-gpu', `${pod.memory} is above ${bound}`, HINT);
  }
}
