import type { InstanceType } from './catalogue';
import type { Cloud } from './cloud';
import type { Fields, Value } from './query';

/** DescribeInstanceTypes: what the catalogue knows. Left out are clock speed, maker, bandwidths and EFA. */
export function describeInstanceTypes({ catalogue }: Cloud): Fields {
  return { instanceTypeSet: [...catalogue.types.values()].map(describe) };
}

function describe(type: InstanceType): Value {
  const { name, vcpu, memoryMiB, gpus, gpuName = '', gpuMemoryMiB, nvmeGB, interfaces, addresses } = type;
  return {
    instanceType: name,
    supportedUsageClasses: ['on-demand', 'spot'],
    supportedVirtualizationTypes: ['hvm'],
    bareMetal: false,
    hypervisor: 'nitro',
    processorInfo: { supportedArchitectures: ['x86_64'] },
    vCpuInfo: { defaultVCpus: vcpu },
    memoryInfo: { sizeInMiB: memoryMiB },
    networkInfo: {
      maximumNetworkInterfaces: interfaces,
      ipv4AddressesPerInterface: addresses,
      defaultNetworkCardIndex: 0,
      networkCards: [{ networkCardIndex: 0, maximumNetworkInterfaces: interfaces }],
    },
    gpuInfo: gpus === undefined ? undefined : { gpus: [gpu(gpuName, gpus, gpuMemoryMiB)] },
    instanceStorageInfo:
      nvmeGB === undefined ? undefined : { totalSizeInGB: nvmeGB, nvmeSupport: 'required' },
  };
}

function gpu(name: string, count: number, memory: number | undefined): Value {
  return { name: name.toUpperCase(), manufacturer: 'NVIDIA', count, memoryInfo: { sizeInMiB: memory } };
}
