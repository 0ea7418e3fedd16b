import type { Issue } from '../issue';
import { clusterNames, isOn } from '../model/placement';
import type { ClusterFile } from '../schema/cluster';
import type { TenantFile } from '../schema/tenant';
import type { Input } from './inputs';
import { reporter } from './reporter';

/** Hosts of the platform itself, the first label below the domain. */
const PLATFORM_HOSTS = ['hub', 'argocd', 'grafana', 'www'];

/** Every host is one label below the domain of its cluster, and belongs to one service of one tenant. */
export function checkHosts(
  tenants: readonly Input<TenantFile>[],
  clusters: ReadonlyMap<string, ClusterFile>,
): Issue[] {
  const issues: Issue[] = [];
  const owners = new Map<string, string>();
  const domains = new Set([...clusters.values()].map(({ spec }) => spec.domain));
  for (const { cluster, host, service, index, document } of hosts(tenants)) {
    const domain = clusters.get(cluster)?.spec.domain;
    if (domain === undefined) continue;
    const report = reporter(document, issues);
    const pointer = ['spec', 'ray', 'services', index, 'host'];
    const problem = domains.has(host) ? 'is the domain of a cluster' : hostProblem(host, domain);
    if (problem !== undefined) {
      report(pointer, 'host', `"${host}" ${problem} (cluster ${cluster})`, `such as ${service}.${domain}`);
    }
    const owner = owners.get(`${cluster} ${host}`);
    if (owner === undefined) owners.set(`${cluster} ${host}`, `service "${service}" in ${document.file}`);
    else report(pointer, 'duplicate-host', `"${host}" is already used on cluster ${cluster} by ${owner}`);
  }
  return issues;
}

/** No two clusters share a domain: both would answer to hub.<domain>. */
export function checkDomains(clusters: readonly Input<ClusterFile>[]): Issue[] {
  const issues: Issue[] = [];
  const owners = new Map<string, string>();
  for (const { document, file } of clusters) {
    const { domain } = file.spec;
    const owner = owners.get(domain);
    if (owner === undefined) owners.set(domain, document.file);
    else {
      const message = `"${domain}" is already the domain of ${owner}`;
      reporter(document, issues)(['spec', 'domain'], 'duplicate-domain', message);
    }
  }
  return issues;
}

/** Every host of every service on every cluster it is rendered for. */
function hosts(tenants: readonly Input<TenantFile>[]) {
  return tenants.flatMap(({ document, file }) =>
    (file.spec.ray?.services ?? []).flatMap((service, index) =>
      clusterNames(file.spec)
        .filter((cluster) => isOn(service, cluster))
        .flatMap((cluster) => {
          const { host, name } = service;
          return host === undefined ? [] : [{ cluster, host, service: name, index, document }];
        }),
    ),
  );
}

function hostProblem(host: string, domain: string): string | undefined {
  if (!host.endsWith(`.${domain}`)) return `is not below the domain ${domain}`;
  const label = host.slice(0, -domain.length - 1);
  if (label.includes('.'))
    return `must be one label below ${domain}: the wildcard certificate covers no more`;
  if (PLATFORM_HOSTS.includes(label)) return 'is a host of the platform';
  return undefined;
}
