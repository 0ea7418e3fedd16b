import { AWS_ACCOUNT, NAMESPACE } from '../../lib/model/names';
import type { Component } from './component';
import { ON_SYSTEM_NODES } from './placement';

const { namespace, name: serviceAccount } = AWS_ACCOUNT.externalDns;

/**
 * Writes one wildcard record, for the Service of NGINX. It looks into that namespace only: with an annotation on a
 * Service of its own a tenant would otherwise take over any host of the domain.
 */
export const EXTERNAL_DNS: Component = {
  name: 'external-dns',
  namespace,
  wave: 2,
  values: ({ name: cluster, spec }) => ({
    provider: { name: 'aws' },
    serviceAccount: { name: serviceAccount },
    sources: ['service'],
    sourceNamespace: NAMESPACE.nginx,
    namespaced: true,
    domainFilters: [spec.domain],
    // The record goes when the Service goes; records of other owners stay.
    policy: 'sync',
    registry: 'txt',
    txtOwnerId: cluster,
    env: [{ name: 'AWS_DEFAULT_REGION', value: spec.region }],
    extraArgs: [
      // A TXT record that says who owns `*` cannot have `*` in its name behind a prefix.
      '--txt-wildcard-replacement=wildcard',
      ...(spec.dns === undefined ? [] : [`--zone-id-filter=${spec.dns.zoneId}`]),
    ],
    tolerations: ON_SYSTEM_NODES,
  }),
};
