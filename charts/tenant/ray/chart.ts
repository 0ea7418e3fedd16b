import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { RayCluster, RayCronJob, RayService } from '../../../imports/ray.io';
import { INGRESS_CLASS, serveService } from '../../../lib/model/names';
import type { Placement, RaySchedule, RayService as Service } from '../../../lib/model/platform';
import { tenantLabels } from '../../labels';
import { addObject } from '../../object';
import { autoscalingSpec } from './cluster-spec';
import { jobSpec } from './job-spec';
import { runtimeEnvironment, serveConfig } from './runtime';

const SERVE_IDLE_SECONDS = 300;

/** Ray objects: what `<tenant>-workloads` syncs. */
export class RayChart extends Chart {
  constructor(scope: Construct, placement: Placement) {
    super(scope, 'ray', { labels: tenantLabels(placement) });
    const { tenant, ray, allowed } = placement;
    for (const cluster of ray.clusters) {
      addObject<RayCluster>(this, {
        apiVersion: 'ray.io/v1',
        kind: 'RayCluster',
        metadata: { name: cluster.name, namespace: tenant },
        spec: {
          ...autoscalingSpec(placement, cluster, cluster.idleTimeoutSeconds),
          // With None an image bump in Git would wait until somebody deletes the pods.
          upgradeStrategy: { type: 'Recreate' },
          // Written out: without the field KubeRay leaves a RayCluster suspended for ever (1.7.0, calculateStatus).
          suspend: !allowed.runs,
        },
      });
    }
    for (const service of ray.services) this.addService(placement, service);
    for (const schedule of ray.schedules) this.addSchedule(placement, schedule);
  }

  private addService(placement: Placement, service: Service): void {
    const { name } = service;
    addObject<RayService>(this, {
      apiVersion: 'ray.io/v1',
      kind: 'RayService',
      metadata: { name, namespace: placement.tenant },
      spec: {
        upgradeStrategy: { type: 'NewCluster' },
        serveConfigV2: serveConfig(service.spec),
        // Written only where true: KubeRay drops a false when it adds its finalizer (1.7.0, omitempty).
        ...(placement.allowed.runs ? {} : { suspend: true }),
        rayClusterConfig: autoscalingSpec(placement, service, SERVE_IDLE_SECONDS),
      },
    });
    const { host } = service.spec;
    if (host !== undefined) this.addIngress(placement.tenant, name, host);
  }

  /** No secretName: the controller answers with the wildcard certificate of the platform. */
  private addIngress(namespace: string, name: string, host: string): void {
    const service = { name: serveService(name), port: { number: 8000 } };
    new k8s.KubeIngress(this, `Ingress-${name}`, {
      metadata: { name, namespace },
      spec: {
        ingressClassName: INGRESS_CLASS,
        tls: [{ hosts: [host] }],
        rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service } }] } }],
      },
    });
  }

  /** Each run is a RayJob in the queue: an admission policy gives it the label, which RayCronJob cannot (KubeRay 1.7). */
  private addSchedule(placement: Placement, schedule: RaySchedule): void {
    const { spec } = schedule;
    const runtimeEnv = runtimeEnvironment(spec);
    addObject<RayCronJob>(this, {
      apiVersion: 'ray.io/v1',
      kind: 'RayCronJob',
      metadata: { name: schedule.name, namespace: placement.tenant },
      spec: {
        schedule: spec.schedule,
        timeZone: schedule.timeZone,
        suspend: !placement.allowed.runs || (spec.suspend ?? false),
        jobTemplate: {
          entrypoint: spec.entrypoint,
          ...(runtimeEnv === undefined ? {} : { runtimeEnvYAML: runtimeEnv }),
          ...jobSpec(placement, schedule),
        },
      },
    });
  }
}
