import { createHash } from 'node:crypto';
import { HUB_MODULE } from '../../lib/model/hub-module';
import { DISK_CLASS, HUB, HUB_LOGIN, INGRESS_CLASS, LABEL, NAMESPACE } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { dumpText } from '../../lib/render/dump';
import type { Component } from './component';
import { HubAccessChart } from './hub-access';
import { hubConfig, LOGIN_PATH } from './hub-config';
import { ON_SYSTEM_NODES } from './placement';
import { resourcesOf } from './size';

/** Folder on the hub's Python path, by the chart (z2jh 4.4, jupyterhub_config.py). */
const CONFIGURATION = '/usr/local/etc/jupyterhub';
const RECONCILE = 'tenantry-reconcile';
const RECONCILE_SECONDS = 60;

/** One hub for all tenants: people log in at hub.<domain> and start servers in the namespaces of their tenants. */
export const JUPYTERHUB: Component = {
  name: 'jupyterhub',
  namespace: NAMESPACE.jupyterhub,
  wave: 4,
  values: (cluster) => {
    const values = chartValues(cluster);
    // The chart's checksum is ignored below; without a hash of ours the hub would never see new values.
    const hash = createHash('sha256').update(dumpText(values)).digest('hex');
    return { ...values, hub: { ...values.hub, annotations: { 'tenantry.dev/values': hash } } };
  },
  // Without a cluster to look at, Helm makes new ones at each rendering, and existingSecret does not stop it.
  madeOnce: [
    {
      kind: 'Secret',
      name: HUB.name,
      jsonPointers: [
        '/data/hub.config.ConfigurableHTTPProxy.auth_token',
        '/data/hub.config.JupyterHub.cookie_secret',
        '/data/hub.config.CryptKeeper.keys',
        `/data/hub.services.${RECONCILE}.apiToken`,
      ],
    },
    ...[HUB.name, 'proxy'].map((name) => ({
      group: 'apps',
      kind: 'Deployment',
      name,
      jsonPointers: ['checksum~1secret', 'checksum~1auth-token'].map(
        (annotation) => `/spec/template/metadata/annotations/${annotation}`,
      ),
    })),
  ],
};

/** Apart and before: the hub's pod does not start without its secret, and the root waits for it. */
export const HUB_ACCESS: Component = {
  name: 'hub-access',
  namespace: NAMESPACE.jupyterhub,
  wave: 3,
  charts: [HubAccessChart],
};

function chartValues(cluster: Cluster) {
  return {
    hub: hub(cluster),
    // Roles are rendered in each tenant's namespace; in its own the hub starts nothing.
    rbac: { create: false },
    proxy: {
      service: { type: 'ClusterIP' },
      chp: {
        tolerations: ON_SYSTEM_NODES,
        pdb: { enabled: true },
        networkPolicy: {
          interNamespaceAccessLabels: 'accept',
          allowedIngressPorts: [],
          ingress: [{ from: [inNamespace(NAMESPACE.nginx)], ports: [{ port: 'http' }] }],
          egress: [toNotebooks()],
          egressAllowRules: EGRESS,
        },
      },
    },
    ingress: ingress(cluster),
    cull: {
      enabled: true,
      timeout: cluster.hub.idleTimeoutSeconds,
      every: 300,
      users: false,
      adminUsers: true,
    },
    singleuser: {
      image: splitImage(cluster),
      // The longest of all: JupyterHub reads it before a profile is chosen. A cold GPU node took 393 s.
      startTimeout: 1200,
      cloudMetadata: { blockWithIptables: false },
      // Those of the tenants' namespaces are rendered with the tenant.
      networkPolicy: { enabled: false },
      storage: { type: 'none' },
    },
    scheduling: {
      // A kube-scheduler v1.30 for all notebooks, six minors behind.
      userScheduler: { enabled: false },
      userPlaceholder: { enabled: false },
      corePods: { tolerations: [], nodeAffinity: { matchNodePurpose: 'ignore' } },
      userPods: { tolerations: [], nodeAffinity: { matchNodePurpose: 'ignore' } },
    },
    // A hook at every sync, and DaemonSets that would pull CUDA images on every node.
    prePuller: { hook: { enabled: false }, continuous: { enabled: false } },
  };
}

function hub(cluster: Cluster) {
  return {
    config: hubConfig(cluster),
    extraFiles: Object.fromEntries(
      [...HUB_MODULE].map(([path, text]) => [path.replaceAll('/', '.'), file(path, text)]),
    ),
    extraEnv: { PYTHONPATH: CONFIGURATION },
    extraVolumes: [{ name: 'login', secret: { secretName: HUB_LOGIN.secret } }],
    extraVolumeMounts: [{ name: 'login', mountPath: LOGIN_PATH, readOnly: true }],
    templatePaths: [`${CONFIGURATION}/tenantry/templates`],
    services: { [RECONCILE]: reconcile(cluster) },
    loadRoles: {
      [RECONCILE]: {
        scopes: ['list:users', 'read:users:groups', 'read:servers', 'admin:server_state', 'delete:servers'],
        services: [RECONCILE],
      },
    },
    // Counted over all users: five clicks in a tenant that is at its quota would end the hub for everybody.
    consecutiveFailureLimit: 0,
    allowNamedServers: false,
    // To the home page: administrators may have no server to be sent to.
    redirectToServer: false,
    db: { type: 'sqlite-pvc', pvc: { storageClassName: DISK_CLASS } },
    resources: resourcesOf(cluster, 'jupyterhub'),
    tolerations: ON_SYSTEM_NODES,
    pdb: { enabled: true },
    networkPolicy: {
      // Notebooks carry the label; the chart would admit those of its own namespace only.
      interNamespaceAccessLabels: 'accept',
      egress: [toNotebooks(), toApiServer(cluster)],
      // The provider of single sign-on is outside.
      egressAllowRules: { ...EGRESS, nonPrivateIPs: cluster.hub.sso !== undefined },
    },
  };
}

/** A managed service of the hub has no environment of the pod; without these it would not find the API server. */
function reconcile({ hub: { sso } }: Cluster) {
  return {
    command: ['python3', '-m', 'tenantry.reconcile'],
    environment: {
      KUBERNETES_SERVICE_HOST: 'kubernetes.default.svc',
      KUBERNETES_SERVICE_PORT: '443',
      TENANTRY_EVERY: String(RECONCILE_SECONDS),
      TENANTRY_GROUPS: String(sso !== undefined),
    },
  };
}

function file(path: string, text: string) {
  return { mountPath: `${CONFIGURATION}/tenantry/${path}`, stringData: text };
}

/** No secretName: NGINX answers with the wildcard certificate. */
function ingress({ spec: { domain } }: Cluster) {
  const host = `hub.${domain}`;
  return {
    enabled: true,
    ingressClassName: INGRESS_CLASS,
    // Kernels and terminals talk over WebSockets, which NGINX passes on only where it is told.
    annotations: { 'nginx.org/websocket-services': 'proxy-public' },
    hosts: [host],
    tls: [{ hosts: [host] }],
  };
}

/** The chart puts name and tag together again, a digest too. Every profile names its image all the same. */
function splitImage({ images, spec }: Cluster) {
  const { image } = images.get(spec.defaults.image) ?? { image: '' };
  const colon = image.lastIndexOf(':');
  return { name: image.slice(0, colon), tag: image.slice(colon + 1) };
}

/** Egress of hub and proxy is what is listed, and names. */
const EGRESS = {
  cloudMetadataServer: false,
  dnsPortsCloudMetadataServer: false,
  dnsPortsKubeSystemNamespace: true,
  dnsPortsPrivateIPs: false,
  nonPrivateIPs: false,
  privateIPs: false,
};

function inNamespace(name: string) {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

function toNotebooks() {
  return {
    to: [
      {
        namespaceSelector: { matchExpressions: [{ key: LABEL.tenant, operator: 'Exists' }] },
        podSelector: { matchLabels: { app: 'jupyterhub', component: 'singleuser-server' } },
      },
    ],
    ports: [{ port: 8888, protocol: 'TCP' }],
  };
}

function toApiServer({ apiServer, spec }: Cluster) {
  const ranges = [`${apiServer.serviceAddress}/32`, ...spec.network.controlPlaneCidrs];
  return { to: ranges.map((cidr) => ({ ipBlock: { cidr } })), ports: [{ port: 443, protocol: 'TCP' }] };
}
