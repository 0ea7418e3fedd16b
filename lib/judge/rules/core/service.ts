import { isDns1123Subdomain } from '../../names';
import { checkLabels } from '../meta/labels';
import type { Rule } from '../rule';
import { checkTable, table } from '../tables';

/** The parts of a Service that rules look at. */
export interface Service {
  readonly spec?: ServiceSpec;
}

/** What a Service asks for. */
export interface ServiceSpec {
  readonly type?: string;
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly externalName?: string;
  readonly externalTrafficPolicy?: string;
  readonly healthCheckNodePort?: number;
  readonly selector?: Readonly<Record<string, string>>;
  readonly sessionAffinity?: string;
  readonly sessionAffinityConfig?: { readonly clientIP?: { readonly timeoutSeconds?: number } };
  readonly loadBalancerClass?: string;
  readonly loadBalancerSourceRanges?: readonly string[];
  readonly allocateLoadBalancerNodePorts?: boolean;
  readonly externalIPs?: readonly string[];
  readonly ports?: readonly ServicePort[];
}

/** A port of a Service. */
export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
  readonly protocol?: string;
  readonly nodePort?: number;
  readonly appProtocol?: string;
}

const FIELDS = table({
  'spec.type': ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  'spec.sessionAffinity': ['None', 'ClientIP'],
  'spec.externalTrafficPolicy': ['Cluster', 'Local'],
  'spec.internalTrafficPolicy': ['Cluster', 'Local'],
  'spec.ipFamilyPolicy': ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
  'spec.ipFamilies[]': ['IPv4', 'IPv6'],
  'spec.trafficDistribution': ['PreferClose', 'PreferSameZone', 'PreferSameNode'],
});

/** Fields that belong to Services of type LoadBalancer only. */
const BALANCER = ['loadBalancerClass', 'loadBalancerSourceRanges', 'allocateLoadBalancerNodePorts'] as const;

/** Whether a Service has no address of its own. */
export function isHeadless({ clusterIP, clusterIPs = [] }: ServiceSpec): boolean {
  return clusterIP === 'None' || clusterIPs[0] === 'None';
}

/** A Service has what its type needs, and nothing of other types. */
export const service: Rule<Service> = {
  id: 'service',
  class: 'apiserver',
  kinds: ['v1/Service'],
  check(object, tell) {
    checkTable(FIELDS, object, [], tell);
    const { spec = {} } = object;
    const { type = 'ClusterIP', sessionAffinity = 'None' } = spec;
    checkLabels(spec.selector, ['spec', 'selector'], tell);
    if (isHeadless(spec) && (type === 'LoadBalancer' || type === 'NodePort')) {
      tell(['spec', 'clusterIP'], `must not be None for type ${type}`);
    }
    if (type === 'ExternalName') {
      const problem = isDns1123Subdomain((spec.externalName ?? '').replace(/\.$/, ''));
      if (problem !== undefined) tell(['spec', 'externalName'], problem);
      if (spec.clusterIP) tell(['spec', 'clusterIP'], 'is not for type ExternalName');
    }
    for (const field of BALANCER) {
      if (spec[field] !== undefined && type !== 'LoadBalancer')
        tell(['spec', field], 'needs type LoadBalancer');
    }
    if (
      spec.externalTrafficPolicy !== undefined &&
      !/^(NodePort|LoadBalancer)$/.test(type) &&
      !spec.externalIPs
    ) {
      tell(['spec', 'externalTrafficPolicy'], 'needs type NodePort or LoadBalancer');
    }
    const timeout = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 1;
    // The server takes the config away where there is no affinity (SetDefaults_Service, Kubernetes v1.36.1).
    if (sessionAffinity === 'ClientIP' && (timeout < 1 || timeout > 86_400)) {
      tell(['spec', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds'], 'must be from 1 to 86400');
    }
  },
};
