import { AWS_ACCOUNT, DISCOVERY_TAG } from '../../lib/model/names';
import type { Component } from './component';
import { ON_SYSTEM_NODES } from './placement';

const { namespace, name: serviceAccount } = AWS_ACCOUNT.loadBalancer;

/** Makes the Network Load Balancer of NGINX. Never an Application Load Balancer: there is one way in. */
export const AWS_LOAD_BALANCER_CONTROLLER: Component = {
  name: 'aws-load-balancer-controller',
  namespace,
  wave: 2,
  values: ({ name: cluster, spec }) => ({
    clusterName: cluster,
    region: spec.region,
    // Pods cannot ask the node for its VPC: the metadata service has hop limit 1.
    vpcTags: { [DISCOVERY_TAG]: cluster },
    serviceAccount: { name: serviceAccount },
    // The chart makes a new CA at each rendering otherwise, and Argo CD would roll the pods for ever.
    enableCertManager: true,
    // Its webhooks would stand in the way of every Service and Ingress; NGINX's Service names its class itself.
    enableServiceMutatorWebhook: false,
    webhookConfig: { disableIngressValidation: true },
    createIngressClassResource: false,
    ingressClassParams: { create: false },
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
    podDisruptionBudget: { maxUnavailable: 1 },
    tolerations: ON_SYSTEM_NODES,
  }),
};
