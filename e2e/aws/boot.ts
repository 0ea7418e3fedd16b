import { load } from 'js-yaml';
import type { Api, Body, Reference } from '../api';
import { until } from '../wait';
import type { Instance } from './cloud';

/** Taints that the EBS and S3 CSI drivers take away when they run on a node. */
const TAKEN_AWAY = ['ebs.csi.aws.com/agent-not-ready', 's3.csi.aws.com/agent-not-ready'];

/** What Karpenter believes that the hypervisor keeps of the memory (VM_MEMORY_OVERHEAD_PERCENT, 1.14). */
const HYPERVISOR = 0.075;

interface Taint {
  readonly key: string;
}

/**
 * A machine joins: its Node has the labels and taints that its start script gives the kubelet, what the cloud
 * controller adds, and its GPUs at once. KWOK plays the kubelet from there; both CSI drivers are ready at once.
 */
export async function boot(api: Api, region: string, instance: Instance): Promise<void> {
  const { labels, taints } = kubeletOf(instance.userData);
  const node = nodeOf(instance, region, labels, taints);
  await until(async () => ((await api.create(node)).status === 201 ? true : undefined), node.metadata.name);
  await until(async () => {
    if (instance.state === 'terminated') return true;
    const { body } = await api.get(node);
    const kept = (body.spec.taints as Taint[]).filter(({ key }) => !TAKEN_AWAY.includes(key));
    const { resourceVersion } = body.metadata;
    const change = { metadata: { resourceVersion }, spec: { taints: kept } };
    return (await api.patch(node, change)).status === 200 ? true : undefined;
  }, `the taints of ${node.metadata.name}`);
  if (instance.state === 'terminated') await halt(api, region, instance);
}

/** The cloud controller deletes the Node of a machine that is gone: Karpenter leaves one that had not registered. */
export async function halt(api: Api, region: string, { id }: Instance): Promise<void> {
  await api.delete({ apiVersion: 'v1', kind: 'Node', metadata: { name: nameOf(id, region) } });
}

function nameOf(id: string, region: string): string {
  return `${id}.${region}.compute.internal`;
}

/** Labels and taints of the kubelet in a start script for nodeadm (Amazon Linux 2023). */
export function kubeletOf(userData: string): { labels: Record<string, string>; taints: Taint[] } {
  const script = Buffer.from(userData, 'base64').toString();
  const [, text = ''] = /Content-Type: application\/node\.eks\.aws\n\n(.*?)\n--/s.exec(script) ?? [];
  const { spec } = load(text) as Body;
  const flags: string[] = spec.kubelet.flags ?? [];
  const [, pairs = ''] = flags.map((flag) => /^--node-labels="(.*)"$/.exec(flag)).find(Boolean) ?? [];
  const labels = pairs.split(',').map((pair) => pair.split('=') as [string, string]);
  return { labels: Object.fromEntries(labels), taints: spec.kubelet.config.registerWithTaints };
}

function nodeOf(
  { id, type, zone }: Instance,
  region: string,
  labels: Record<string, string>,
  taints: readonly Taint[],
): Reference & Body {
  const name = nameOf(id, region);
  const memory = type.memoryMiB - Math.ceil(type.memoryMiB * HYPERVISOR);
  const more = {
    pods: String(type.interfaces * (type.addresses - 1) + 2),
    ...(type.gpus === undefined ? {} : { 'nvidia.com/gpu': String(type.gpus) }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        ...labels,
        'kubernetes.io/hostname': name,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': type.name,
        'topology.kubernetes.io/region': region,
        'topology.kubernetes.io/zone': zone,
      },
    },
    spec: { providerID: `aws:///${zone}/${id}`, taints },
    status: {
      capacity: { cpu: String(type.vcpu), memory: `${memory}Mi`, ...more },
      allocatable: { ...type.allocatable, ...more },
    },
  } as Reference & Body;
}
