import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { ANNOTATION, datasetVolume, LABEL, LOCAL_QUEUE } from '../../lib/model/names';
import type { Placement } from '../../lib/model/platform';
import { tenantLabels } from '../labels';

/** The tenant's Namespace: Pod Security, and the state and annotations that admission policies read. */
export class NamespaceChart extends Chart {
  constructor(scope: Construct, placement: Placement) {
    super(scope, 'namespace', { labels: tenantLabels(placement) });
    const { tenant, spec, cluster, quota, ray } = placement;
    const level = spec.podSecurity?.level ?? 'restricted';
    const version = `v${cluster.spec.kubernetesVersion}`;
    new k8s.KubeNamespace(this, 'Namespace', {
      metadata: {
        name: tenant,
        labels: {
          [LABEL.state]: placement.state,
          'pod-security.kubernetes.io/enforce': level,
          'pod-security.kubernetes.io/enforce-version': version,
          'pod-security.kubernetes.io/audit': level,
          'pod-security.kubernetes.io/audit-version': version,
          'pod-security.kubernetes.io/warn': level,
          'pod-security.kubernetes.io/warn-version': version,
        },
        annotations: {
          // Deleting the Namespace deletes every home volume claim in it.
          'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm',
          'argocd.argoproj.io/sync-wave': '-1',
          [ANNOTATION.owner]: spec.owner,
          [ANNOTATION.displayName]: placement.displayName,
          [ANNOTATION.gpuTypes]: [...quota.gpus.keys()].join(','),
          [ANNOTATION.registries]: cluster.registries.join(','),
          [ANNOTATION.queue]: LOCAL_QUEUE,
          [ANNOTATION.volumes]: placement.datasets.map((dataset) => datasetVolume(tenant, dataset)).join(','),
          [ANNOTATION.hosts]: ray.services.flatMap(({ spec: { host } }) => host ?? []).join(','),
          ...(spec.podSecurity === undefined
            ? {}
            : { [ANNOTATION.podSecurityReason]: spec.podSecurity.reason }),
        },
      },
    });
  }
}
