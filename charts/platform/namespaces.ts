import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { NAMESPACE } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { platformLabels } from '../labels';

/** Pod Security of each namespace that a component brings (kube-system is there already). */
const LEVELS: readonly [namespace: string, level: 'privileged' | 'baseline' | 'restricted'][] = [
  [NAMESPACE.ack, 'restricted'],
  [NAMESPACE.argocd, 'restricted'],
  // On the host network, before the network is there.
  [NAMESPACE.calico, 'privileged'],
  [NAMESPACE.certManager, 'restricted'],
  [NAMESPACE.externalDns, 'restricted'],
  [NAMESPACE.externalSecrets, 'restricted'],
  // Device plugin and metrics reach into the node.
  [NAMESPACE.gpuOperator, 'privileged'],
  [NAMESPACE.jupyterhub, 'restricted'],
  [NAMESPACE.kuberay, 'restricted'],
  [NAMESPACE.kueue, 'restricted'],
  // NGINX binds ports 80 and 443: NET_BIND_SERVICE.
  [NAMESPACE.nginx, 'restricted'],
];

/** Namespaces of the platform. They stay when their component goes: Secrets and certificates are in them. */
export class NamespacesChart extends Chart {
  constructor(scope: Construct, { spec }: Cluster) {
    super(scope, 'namespaces', { labels: platformLabels('namespaces') });
    for (const [name, level] of LEVELS) {
      new k8s.KubeNamespace(this, `Namespace-${name}`, {
        metadata: {
          name,
          labels: {
            'pod-security.kubernetes.io/enforce': level,
            'pod-security.kubernetes.io/enforce-version': `v${spec.kubernetesVersion}`,
          },
          annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
        },
      });
    }
  }
}
