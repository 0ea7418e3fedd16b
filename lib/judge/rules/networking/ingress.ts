import { isIP } from 'node:net';
import { isDns1123Subdomain, isWildcardSubdomain } from '../../names';
import { items } from '../path';
import type { Rule, Tell } from '../rule';
import { optional, required } from '../tables';

/** Where an Ingress sends requests. */
export interface Backend {
  readonly service?: {
    readonly name: string;
    readonly port?: { readonly number?: number; readonly name?: string };
  };
  readonly resource?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
}

/** The parts of an Ingress that rules look at. */
export interface Ingress {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: Backend;
    readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: {
        readonly paths: readonly {
          readonly path?: string;
          readonly pathType?: string;
          readonly backend: Backend;
        }[];
      };
    }[];
  };
}

const CLASS = 'kubernetes.io/ingress.class';

/** Hosts, classes and certificates of an Ingress. */
export const ingress: Rule<Ingress> = {
  id: 'ingress',
  class: 'apiserver',
  kinds: ['networking.k8s.io/v1/Ingress'],
  check({ spec = {}, metadata }, tell, { old }) {
    const { rules = [], defaultBackend, ingressClassName } = spec;
    if (rules.length === 0 && defaultBackend === undefined) tell(['spec'], 'needs rules or a defaultBackend');
    for (const [{ host = '' }, at] of items(rules, ['spec', 'rules'])) {
      const problem = isIP(host) === 0 ? hostProblem(host) : 'must be a domain name, not an IP address';
      if (problem !== undefined) tell([...at, 'host'], problem);
    }
    checkCertificates(spec, tell);
    if (ingressClassName === undefined) return;
    const problem = isDns1123Subdomain(ingressClassName);
    if (problem !== undefined) tell(['spec', 'ingressClassName'], problem);
    const annotated = metadata?.annotations?.[CLASS] ?? ingressClassName;
    if (old === undefined && annotated !== ingressClassName) {
      tell(['metadata', 'annotations', CLASS], 'must equal ingressClassName');
    }
  },
};

function checkCertificates({ tls }: NonNullable<Ingress['spec']>, tell: Tell): void {
  for (const [{ hosts, secretName = '' }, at] of items(tls, ['spec', 'tls'])) {
    for (const [host, pointer] of items(hosts, [...at, 'hosts'])) {
      const problem = required(host) ?? hostProblem(host);
      if (problem !== undefined) tell(pointer, problem);
    }
    const problem = optional(isDns1123Subdomain)(secretName);
    if (problem !== undefined) tell([...at, 'secretName'], problem);
  }
}

function hostProblem(host: string): string | undefined {
  if (host === '') return undefined;
  return host.includes('*') ? isWildcardSubdomain(host) : isDns1123Subdomain(host);
}
