import { INGRESS_CLASS, NAMESPACE, WILDCARD_SECRET } from '../../lib/model/names';
import type { Component } from './component';
import { ON_SYSTEM_NODES } from './placement';

/** A served model or a notebook may answer for minutes, and sends files. */
const CONFIG = {
  'proxy-read-timeout': '600s',
  'proxy-send-timeout': '600s',
  'client-max-body-size': '0',
  // The load balancer tells who calls in the PROXY protocol.
  'proxy-protocol': 'True',
  'real-ip-header': 'proxy_protocol',
};

/** F5 NGINX Ingress Controller behind a Network Load Balancer: the one way in, with the wildcard certificate. */
export const NGINX_INGRESS: Component = {
  name: 'nginx-ingress',
  namespace: NAMESPACE.nginx,
  wave: 3,
  // values.schema.json refers to raw.githubusercontent.com.
  skipSchemaValidation: true,
  values: ({ spec }) => ({
    controller: {
      kind: 'deployment',
      replicaCount: 2,
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      ingressClass: { name: INGRESS_CLASS, create: true, setAsDefaultIngress: false },
      // VirtualServers and snippets would let one tenant write configuration that all share.
      enableCustomResources: false,
      enableSnippets: false,
      allowEmptyIngressHost: false,
      wildcardTLS: { secret: `${NAMESPACE.nginx}/${WILDCARD_SECRET}` },
      config: { entries: { ...CONFIG, 'set-real-ip-from': spec.network.vpcCidr } },
      service: {
        type: 'LoadBalancer',
        loadBalancerClass: 'service.k8s.aws/nlb',
        externalTrafficPolicy: 'Cluster',
        annotations: {
          'service.beta.kubernetes.io/aws-load-balancer-scheme': spec.ingress?.scheme ?? 'internal',
          'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
          'service.beta.kubernetes.io/aws-load-balancer-proxy-protocol': '*',
          'external-dns.alpha.kubernetes.io/hostname': `*.${spec.domain}`,
        },
      },
      telemetryReporting: { enable: false },
      tolerations: ON_SYSTEM_NODES,
    },
    prometheus: { create: true },
  }),
};
