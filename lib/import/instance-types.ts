import { compare } from '../issue';

/** Facts of one EC2 instance type, as Karpenter counts them. */
export interface InstanceType {
  readonly vcpu: number;
  readonly memoryMiB: number;
  /** What pods can request on a node, in quantities of Kubernetes. */
  readonly allocatable: { readonly cpu: string; readonly memory: string };
  readonly gpus?: number;
  readonly gpuName?: string;
  readonly gpuMemoryMiB?: number;
  readonly nvmeGB?: number;
}

interface Families {
  readonly gpu: readonly string[];
  readonly cpu: readonly string[];
}

const LABEL = 'karpenter.k8s.aws/instance-';

/** Instance types of some families, amd64 only and no bare metal. Throws an Error on a family without any. */
export function readInstanceTypes(text: string, { gpu, cpu }: Families): Record<string, InstanceType> {
  const found = new Map<string, InstanceType>();
  const families = new Set<string>();
  for (const section of text.split(/^### /m).slice(1)) {
    const type = /^`([^`]+)`/.exec(section)?.[1] ?? '';
    const cells = readTables(section);
    const family = cells.get(`${LABEL}family`) ?? '';
    if (![...gpu, ...cpu].includes(family) || cells.get('kubernetes.io/arch') !== 'amd64') continue;
    if (cells.get(`${LABEL}size`)?.startsWith('metal')) continue;
    families.add(family);
    found.set(type, readFacts(type, cells, gpu.includes(family)));
  }
  const missing = [...gpu, ...cpu].filter((family) => !families.has(family));
  if (missing.length > 0) throw new Error(`has no instance type of ${missing.join(', ')}`);
  return Object.fromEntries([...found].sort(([a], [b]) => compare(a, b)));
}

function readTables(section: string): Map<string, string> {
  return new Map(
    [...section.matchAll(/^ *\|([^|]+)\|([^|]+)\| *$/gm)].map(([, key = '', value = '']) => [key, value]),
  );
}

function readFacts(type: string, cells: ReadonlyMap<string, string>, gpu: boolean): InstanceType {
  const text = (key: string) => {
    const value = cells.get(key);
    if (value === undefined) throw new Error(`${type} has no ${key}`);
    return value;
  };
  const number = (key: string) => {
    const value = Number(text(key));
    if (!Number.isInteger(value)) throw new Error(`${type} has ${key} ${text(key)}`);
    return value;
  };
  return {
    vcpu: number(`${LABEL}cpu`),
    memoryMiB: number(`${LABEL}memory`),
    allocatable: { cpu: text('cpu'), memory: text('memory') },
    ...(gpu && {
      gpus: number(`${LABEL}gpu-count`),
      gpuName: text(`${LABEL}gpu-name`),
      gpuMemoryMiB: number(`${LABEL}gpu-memory`),
    }),
    ...(cells.has(`${LABEL}local-nvme`) && { nvmeGB: number(`${LABEL}local-nvme`) }),
  };
}
