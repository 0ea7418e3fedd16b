import instanceTypes from '../../imports/instance-types.json';
import { toMebibytes } from '../model/quantity';

/** What pods can ask for on one EC2 instance type: cores, mebibytes, GPUs. */
export interface InstanceType {
  readonly name: string;
  readonly family: string;
  /** Virtual CPUs, which quotas of EC2 and prices count; pods get a little less. */
  readonly vcpu: number;
  readonly cpu: number;
  readonly memory: number;
  readonly gpus: number;
  /** Name that Karpenter gives the GPU. */
  readonly gpuName?: string;
  readonly gpuMemoryMiB?: number;
}

interface Facts {
  readonly vcpu: number;
  readonly allocatable: { readonly cpu: string; readonly memory: string };
  readonly gpus?: number;
  readonly gpuName?: string;
  readonly gpuMemoryMiB?: number;
}

/** The instance types of imports/instance-types.json. */
export const INSTANCE_TYPES: readonly InstanceType[] = Object.entries(
  instanceTypes.types as Record<string, Facts>,
).map(([name, { allocatable, gpus = 0, ...gpu }]) => ({
  name,
  family: name.slice(0, name.indexOf('.')),
  cpu: Number(allocatable.cpu.replace(/m$/, '')) / 1000,
  memory: toMebibytes(allocatable.memory),
  gpus,
  ...gpu,
}));
