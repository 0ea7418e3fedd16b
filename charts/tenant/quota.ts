import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { quotaTotals } from '../../lib/model/demand';
import { GPU_RESOURCE, priorityClass } from '../../lib/model/names';
import type { Placement } from '../../lib/model/platform';
import { formatCores, formatMebibytes } from '../../lib/model/quantity';
import { tenantLabels } from '../labels';

/** Pods a tenant may have for each core of its quota; the API server needs some bound. */
const PODS_PER_CORE = 4;
const MAX_RAY_JOBS = 200;

/** ResourceQuotas and the LimitRange. */
export class QuotaChart extends Chart {
  constructor(scope: Construct, placement: Placement) {
    super(scope, 'quota', { labels: tenantLabels(placement) });
    this.addTotal(placement);
    for (const type of placement.cluster.gpuTypes.keys()) this.addGpuType(placement, type);
    this.addSystemPriority(placement);
    this.addLimitRange(placement);
  }

  /** Interactive and queued together: what Kueue admits must never be refused here (kueue#696). */
  private addTotal(placement: Placement): void {
    // A claim of a dataset counts as 1Mi.
    const { tenant, quota, ray, allowed, datasets } = placement;
    const totals = quotaTotals(placement);
    const pods = allowed.runs ? Math.ceil(totals.cpu * PODS_PER_CORE) : 0;
    const rayJobs = allowed.runs ? MAX_RAY_JOBS : 0;
    const cpu = formatCores(totals.cpu);
    const memory = formatMebibytes(totals.memory);
    this.addQuota(tenant, 'tenant', {
      'requests.cpu': cpu,
      'limits.cpu': cpu,
      'requests.memory': memory,
      'limits.memory': memory,
      [`requests.${GPU_RESOURCE}`]: String(totals.gpus),
      'requests.storage': formatMebibytes(quota.storage + datasets.length),
      persistentvolumeclaims: String(4 * members(placement) + datasets.length),
      // Zero ends nothing: what runs is stopped by whoever started it, and cannot come back.
      pods: String(pods),
      'services.loadbalancers': '0',
      'services.nodeports': '0',
      // A RayService upgrade runs two clusters, and each queued job has one of its own.
      'count/rayclusters.ray.io': String(ray.clusters.length + 2 * ray.services.length + MAX_RAY_JOBS),
      'count/rayservices.ray.io': String(ray.services.length),
      'count/raycronjobs.ray.io': String(ray.schedules.length),
      'count/rayjobs.ray.io': String(rayJobs),
    });
  }

  /** Kubernetes has one resource name for all GPUs, so the priority class tells the type. Not granted is zero, not absent. */
  private addGpuType({ tenant, quota }: Placement, type: string): void {
    const budget = quota.gpus.get(type);
    const count = budget === undefined ? 0 : budget.interactive + budget.max;
    const name = priorityClass(type);
    this.addQuota(tenant, name, { [`requests.${GPU_RESOURCE}`]: String(count) }, [name]);
  }

  private addSystemPriority({ tenant }: Placement): void {
    this.addQuota(tenant, 'system-priority', { pods: '0' }, [
      'system-cluster-critical',
      'system-node-critical',
    ]);
  }

  private addQuota(
    namespace: string,
    name: string,
    amounts: Record<string, string>,
    classes?: string[],
  ): void {
    const hard = Object.fromEntries(
      Object.entries(amounts).map(([resource, amount]) => [resource, k8s.Quantity.fromString(amount)]),
    );
    const scopeSelector = {
      matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: classes ?? [] }],
    };
    new k8s.KubeResourceQuota(this, `ResourceQuota-${name}`, {
      metadata: { name, namespace },
      spec: classes === undefined ? { hard } : { hard, scopeSelector },
    });
  }

  /** Without defaults a pod that asks for nothing is refused once a quota counts cores. */
  private addLimitRange(placement: Placement): void {
    const totals = quotaTotals(placement);
    const size = (cores: number, mebibytes: number) => ({
      cpu: k8s.Quantity.fromString(formatCores(cores)),
      memory: k8s.Quantity.fromString(formatMebibytes(mebibytes)),
    });
    const small = size(Math.min(0.5, totals.cpu), Math.min(1024, totals.memory));
    new k8s.KubeLimitRange(this, 'LimitRange-tenant', {
      metadata: { name: 'tenant', namespace: placement.tenant },
      spec: {
        limits: [
          { type: 'Container', default: small, defaultRequest: small, max: size(totals.cpu, totals.memory) },
          {
            type: 'PersistentVolumeClaim',
            max: { storage: k8s.Quantity.fromString(formatMebibytes(placement.quota.storage)) },
          },
        ],
      },
    });
  }
}

function members({ spec }: Placement): number {
  return spec.members.admins.length + (spec.members.users?.length ?? 0);
}
