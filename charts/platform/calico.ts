import { NAMESPACE } from '../../lib/model/names';
import type { Component } from './component';

/**
 * Network policies, beside the VPC CNI, which keeps addresses and routes. The CNI's own engine passes over pods
 * without an owner, and every notebook is one. The CNI add-on must have enableNetworkPolicy "false" and
 * ANNOTATE_POD_IP "true". On a fresh node a pod can start before its policies are programmed.
 */
export const CALICO: Component = {
  name: 'calico',
  namespace: NAMESPACE.calico,
  wave: 1,
  values: () => ({
    installation: {
      kubernetesProvider: 'EKS',
      cni: { type: 'AmazonVPC' },
      calicoNetwork: { bgp: 'Disabled' },
    },
    // Only networking.k8s.io/v1 policies are used, so that the engine can change.
    apiServer: { enabled: false },
    goldmane: { enabled: false },
    whisker: { enabled: false },
    // The CRDs are an Application of their own: the operator would be a second owner.
    manageCRDs: false,
  }),
};
