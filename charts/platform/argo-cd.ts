import { CHARTS } from '../../lib/model/charts';
import { INGRESS_CLASS, NAMESPACE, OIDC_SECRET } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { dumpText } from '../../lib/render/dump';
import { ArgoCdAccessChart } from './argo-cd-access';
import { HEALTH } from './argo-cd-health';
import type { Component } from './component';
import { ON_SYSTEM_NODES } from './placement';
import { resourcesOf } from './size';

/** The bootstrap of the cluster installs it once; from then on it keeps itself. Highly available. */
export const ARGO_CD: Component = {
  name: 'argo-cd',
  namespace: NAMESPACE.argocd,
  wave: 2,
  values: (cluster) => ({
    fullnameOverride: 'argocd',
    crds: { install: false },
    global: {
      domain: `argocd.${cluster.spec.domain}`,
      image: { tag: CHARTS['argo-cd'].appVersion },
      tolerations: ON_SYSTEM_NODES,
    },
    configs: {
      params: {
        // NGINX ends TLS.
        'server.insecure': true,
        // A wave that waits for a sick object must end one day, or no later commit is ever synced.
        'controller.sync.timeout.seconds': '900',
      },
      cm: { ...login(cluster), ...health() },
      rbac: rbac(cluster),
    },
    controller: { resources: resourcesOf(cluster, 'argo-cd') },
    server: {
      replicas: 2,
      pdb: { enabled: true, maxUnavailable: 1 },
      ingress: {
        enabled: true,
        ingressClassName: INGRESS_CLASS,
        // No secretName: NGINX answers with the wildcard certificate.
        extraTls: [{ hosts: [`argocd.${cluster.spec.domain}`] }],
      },
    },
    repoServer: { replicas: 2, pdb: { enabled: true, maxUnavailable: 1 } },
    'redis-ha': {
      enabled: true,
      // A cache: three on two nodes are better than two.
      hardAntiAffinity: false,
      tolerations: ON_SYSTEM_NODES,
      haproxy: { hardAntiAffinity: false, tolerations: ON_SYSTEM_NODES },
    },
    // Nobody logs in through Dex, every Application is written by us, and nobody is notified yet.
    dex: { enabled: false },
    applicationSet: { replicas: 0 },
    notifications: { enabled: false },
  }),
  charts: [ArgoCdAccessChart],
};

/** Single sign-on where the cluster file has it; the password of `admin` works only without. */
function login({ spec: { sso } }: Cluster) {
  if (sso === undefined) return { 'admin.enabled': true };
  const oidc = {
    name: 'SSO',
    issuer: sso.issuer,
    clientID: sso.clientId,
    clientSecret: `$${OIDC_SECRET}:clientSecret`,
    requestedScopes: ['openid', 'profile', 'email', 'groups'],
  };
  return { 'admin.enabled': false, 'oidc.config': dumpText(oidc) };
}

/** No tenant stands here: a tenant's AppProject carries the roles of its own groups. */
function rbac({ spec: { sso } }: Cluster) {
  return {
    'policy.default': '',
    'policy.csv': sso === undefined ? '' : `g, ${sso.admins}, role:admin\n`,
    scopes: '[groups]',
  };
}

function health() {
  return Object.fromEntries(
    [...HEALTH].map(([kind, lua]) => [`resource.customizations.health.${kind}`, lua]),
  );
}
