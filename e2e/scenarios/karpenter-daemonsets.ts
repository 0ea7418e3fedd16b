import type { Body, Reference } from '../api';
import { cloudOf } from '../operators/karpenter';
import { numberOf } from '../quantity';
import { assert, type Scenario, type Stage } from '../scenario';
import type { Template } from '../templates';
import { WITH_KARPENTER } from './karpenter';
import { nodeFor, withPods } from './karpenter-pods';
import { GPU } from './pod';

const GPU_TYPE = 'tenantry.dev/gpu-type';
const TYPE = 'node.kubernetes.io/instance-type';

/** What one GPU's share leaves on the instance that Karpenter takes for it. */
interface Room {
  readonly gpuType: string;
  readonly instance: string;
  readonly millicores: number;
  readonly mebibytes: number;
}

/** Karpenter counts DaemonSets before it chooses: those of GPU nodes must fit beside one GPU's share. */
export const karpenterDaemonsets: Scenario = {
  name: 'karpenter-daemonsets',
  says: 'DaemonSets may take what one GPU leaves of its instance, to the last core, and the instance stays the same',
  needs: WITH_KARPENTER,
  once: true,
  async run(stage) {
    const rooms = roomsOf(stage);
    await stayBesideDaemonSets(stage, rooms);
    for (const { gpuType, instance, millicores, mebibytes } of rooms)
      stage.note(`${gpuType}: DaemonSets have ${millicores}m and ${mebibytes}Mi on ${instance}`);
  },
  twins: {
    'DaemonSets that ask for 100m more': (stage) =>
      stayBesideDaemonSets(
        stage,
        roomsOf(stage).map((room) => ({ ...room, millicores: room.millicores + 100 })),
      ),
  },
};

/** Of each GPU type: the cheapest instance type for one GPU with its share, and what is left there. */
function roomsOf({ site }: Stage): Room[] {
  const { cluster, catalogue } = cloudOf(site);
  return [...cluster.gpuTypes.values()].map(({ name: gpuType, perGpu }) => {
    const left = (type: { allocatable: { cpu: string; memory: string } }) => ({
      millicores: Math.round((numberOf(type.allocatable.cpu) - perGpu.cpu) * 1000),
      mebibytes: numberOf(type.allocatable.memory) / 2 ** 20 - perGpu.memory,
    });
    const [smallest] = [...catalogue.types.values()]
      .filter((type) => type.gpuName === gpuType && left(type).millicores >= 0 && left(type).mebibytes >= 0)
      .sort((a, b) => a.price - b.price);
    assert(smallest !== undefined, `no instance type holds one ${gpuType}`);
    return { gpuType, instance: smallest.name, ...left(smallest) };
  });
}

async function stayBesideDaemonSets(stage: Stage, rooms: readonly Room[]): Promise<void> {
  const { api, site } = stage;
  const made: Reference[] = rooms.map(daemonSet);
  try {
    for (const one of made) {
      const { status, body } = await api.create(one);
      assert(status === 201, `DaemonSet ${one.metadata.name}: ${body.message}`);
    }
    const pods = [...cloudOf(site).cluster.gpuTypes.values()].map(({ name, perGpu }) => share(name, perGpu));
    await withPods(stage, pods, async (created) => {
      for (const [index, { gpuType, instance }] of rooms.entries()) {
        const node = await nodeFor(stage, created[index] as Reference);
        const type = node.metadata.labels?.[TYPE];
        assert(type === instance, `one ${gpuType} beside DaemonSets is on ${type}, not on ${instance}`);
      }
    });
  } finally {
    for (const one of made) await api.delete(one);
  }
}

/** One GPU with its share, outside of the tenants and their quotas. */
function share(gpuType: string, { cpu, memory }: { cpu: number; memory: number }): Template {
  const limits = { cpu: String(cpu), memory: `${memory}Mi`, [GPU]: '1' };
  return {
    name: `one-${gpuType}`,
    namespace: 'default',
    copies: 1,
    template: { spec: placed(gpuType, limits) },
  };
}

function daemonSet({ gpuType, millicores, mebibytes }: Room): Reference & Body {
  const name = `beside-${gpuType}`;
  const limits = { cpu: `${millicores}m`, memory: `${mebibytes}Mi` };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'default' },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: placed(gpuType, limits) },
    },
  };
}

function placed(gpuType: string, limits: Record<string, string>): Body {
  return {
    nodeSelector: { [GPU_TYPE]: gpuType },
    tolerations: [{ operator: 'Exists' }],
    containers: [{ name: 'main', image: 'example.com/none', resources: { limits } }],
  };
}
