import { NAMESPACE } from '../../lib/model/names';
import { ACK } from './ack';
import { POLICIES } from './admission/policies';
import { policyChart } from './admission/policy';
import { ARGO_CD } from './argo-cd';
import { AWS_LOAD_BALANCER_CONTROLLER } from './aws-load-balancer-controller';
import { CALICO } from './calico';
import { CERT_MANAGER } from './cert-manager';
import type { Component } from './component';
import { EXTERNAL_DNS } from './external-dns';
import { EXTERNAL_SECRETS } from './external-secrets';
import { GPU_OPERATOR } from './gpu-operator';
import { JobQueuePolicyChart } from './job-queue-policy';
import { HUB_ACCESS, JUPYTERHUB } from './jupyterhub';
import { KARPENTER } from './karpenter';
import { KUBERAY } from './kuberay';
import { KUEUE } from './kueue';
import { NamespacesChart } from './namespaces';
import { NGINX_INGRESS } from './nginx-ingress';
import { PriorityClassesChart } from './priority-classes';
import { StorageClassesChart } from './storage-classes';

const { kubeSystem } = NAMESPACE;

/** Components in the order of their waves: from an empty cluster to a running platform, by sync alone. */
export const COMPONENTS: readonly Component[] = [
  { name: 'namespaces', namespace: kubeSystem, wave: 0, charts: [NamespacesChart] },
  { name: 'scheduling', namespace: kubeSystem, wave: 0, charts: [PriorityClassesChart] },
  { name: 'storage', namespace: kubeSystem, wave: 0, charts: [StorageClassesChart] },
  {
    name: 'admission',
    namespace: kubeSystem,
    wave: 0,
    charts: [...POLICIES.map(policyChart), JobQueuePolicyChart],
  },
  ARGO_CD,
  CALICO,
  KARPENTER,
  CERT_MANAGER,
  EXTERNAL_SECRETS,
  ...ACK,
  AWS_LOAD_BALANCER_CONTROLLER,
  EXTERNAL_DNS,
  GPU_OPERATOR,
  KUBERAY,
  KUEUE,
  NGINX_INGRESS,
  HUB_ACCESS,
  JUPYTERHUB,
];
