import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { EC2NodeClass } from '../../imports/karpenter.k8s.aws';
import type { NodePool } from '../../imports/karpenter.sh';
import { DISCOVERY_TAG, GPU_RESOURCE, LABEL, NO_GPU, nodeRole, TAINT } from '../../lib/model/names';
import type { Cluster, Pool } from '../../lib/model/platform';
import { formatMebibytes } from '../../lib/model/quantity';
import { platformLabels } from '../labels';
import { addObject } from '../object';

const NODE_CLASS = { cpu: 'cpu', gpu: 'gpu' } as const;

/** All disks of an AMI family (Karpenter 1.14): one not listed is not encrypted; the one without a size holds pods. */
const DISKS: ReadonlyMap<string, readonly { deviceName: string; volumeSize?: string }[]> = new Map([
  ['al2023', [{ deviceName: '/dev/xvda' }]],
  ['bottlerocket', [{ deviceName: '/dev/xvda', volumeSize: '4Gi' }, { deviceName: '/dev/xvdb' }]],
]);

/** Both CSI drivers take their taint away when they are ready; until then a pod would wait for its volume. */
const STARTUP_TAINTS = [
  { key: 'ebs.csi.aws.com/agent-not-ready', effect: 'NoExecute' as const },
  { key: 's3.csi.aws.com/agent-not-ready', effect: 'NoExecute' as const },
];

/** Karpenter: one pool of CPU nodes, one a GPU type, and those that belong to one tenant. */
export class NodePoolsChart extends Chart {
  constructor(scope: Construct, cluster: Cluster) {
    super(scope, 'node-pools', { labels: platformLabels('karpenter') });
    const { disk } = cluster.spec.nodes;
    this.addNodeClass(cluster, NODE_CLASS.cpu, disk.cpu);
    this.addNodeClass(cluster, NODE_CLASS.gpu, disk.gpu);
    for (const pool of cluster.pools) this.addPool(cluster, pool);
  }

  /** One AMI alias serves both: Karpenter takes its NVIDIA variant for instances with GPUs (1.14). */
  private addNodeClass({ name: cluster, spec }: Cluster, name: string, disk: string): void {
    const { alias } = spec.nodes.ami;
    const discovery = { tags: { [DISCOVERY_TAG]: cluster } };
    addObject<EC2NodeClass>(this, {
      apiVersion: 'karpenter.k8s.aws/v1',
      kind: 'EC2NodeClass',
      metadata: { name },
      spec: {
        amiSelectorTerms: [{ alias }],
        role: nodeRole(cluster),
        subnetSelectorTerms: [discovery],
        securityGroupSelectorTerms: [discovery],
        // Hop limit 1: a pod cannot reach the node's own identity even where a network policy fails.
        metadataOptions: {
          httpEndpoint: 'enabled',
          httpTokens: 'required',
          httpPutResponseHopLimit: 1,
          httpProtocolIPv6: 'disabled',
        },
        blockDeviceMappings: (DISKS.get(alias.slice(0, alias.indexOf('@'))) ?? []).map(
          ({ deviceName, volumeSize = disk }) => ({
            deviceName,
            ebs: { volumeSize, volumeType: 'gp3', encrypted: true, deleteOnTermination: true },
          }),
        ),
        tags: { 'tenantry.dev/cluster': cluster },
      },
    });
  }

  private addPool({ spec }: Cluster, pool: Pool): void {
    const { gpu, tenant } = pool;
    addObject<NodePool>(this, {
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      metadata: { name: pool.name },
      spec: {
        template: {
          metadata: {
            labels: {
              [LABEL.gpuType]: gpu ?? NO_GPU,
              ...(tenant === undefined ? {} : { [LABEL.tenant]: tenant }),
            },
          },
          spec: {
            nodeClassRef: {
              group: 'karpenter.k8s.aws',
              kind: 'EC2NodeClass',
              name: gpu === undefined ? NODE_CLASS.cpu : NODE_CLASS.gpu,
            },
            requirements: requirements(pool),
            ...taints(pool),
            startupTaints: STARTUP_TAINTS,
            expireAfter: spec.nodes.expireAfter ?? '720h',
          },
        },
        disruption: disruption(pool),
        limits: limits(pool),
      },
    });
  }
}

function requirements({ gpu, families, capacity, zones }: Pool) {
  const isIn = (key: string, values: readonly string[]) => ({
    key,
    operator: 'In' as const,
    values: [...values],
  });
  return [
    isIn('kubernetes.io/arch', ['amd64']),
    isIn('kubernetes.io/os', ['linux']),
    isIn('karpenter.sh/capacity-type', capacity),
    isIn('karpenter.k8s.aws/instance-family', families),
    isIn('topology.kubernetes.io/zone', zones),
    ...(gpu === undefined ? [] : [isIn('karpenter.k8s.aws/instance-gpu-name', [gpu])]),
  ];
}

function taints({ gpu, tenant }: Pool) {
  const list = [
    ...(gpu === undefined ? [] : [{ key: TAINT.gpu, value: gpu, effect: 'NoSchedule' as const }]),
    ...(tenant === undefined ? [] : [{ key: TAINT.tenant, value: tenant, effect: 'NoSchedule' as const }]),
  ];
  return list.length === 0 ? {} : { taints: list };
}

/** GPU nodes go when they are empty; moving work off them to save a little costs more than it saves. */
function disruption({ gpu, consolidateAfter }: Pool) {
  return {
    consolidationPolicy: gpu === undefined ? ('WhenEmptyOrUnderutilized' as const) : ('WhenEmpty' as const),
    consolidateAfter,
    budgets: [{ nodes: gpu === undefined ? '10%' : '1' }],
  };
}

function limits({ limits: { cpu, memory, gpus } }: Pool) {
  return {
    ...(cpu === undefined ? {} : { cpu: String(cpu) }),
    ...(memory === undefined ? {} : { memory: formatMebibytes(memory) }),
    ...(gpus === undefined ? {} : { [GPU_RESOURCE]: String(gpus) }),
  };
}
