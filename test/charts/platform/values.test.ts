import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import type { Certificate, ClusterIssuer } from '../../../imports/cert-manager.io';
import type { ClusterSecretStore, ExternalSecret } from '../../../imports/external-secrets.io';
import { AWS_ACCOUNT } from '../../../lib/model/names';
import type { KubernetesObject } from '../../../lib/render/manifest';
import type { ClusterFile } from '../../../lib/schema/cluster';
import { CLUSTER, renderAll } from '../../support/fixtures';
import { change, find } from '../../support/objects';

type Changes = readonly [path: readonly string[], value: unknown][];

function render(changes: Changes = []): KubernetesObject[] {
  const cluster = changes.reduce<ClusterFile>((file, [path, value]) => change(file, path, value), CLUSTER);
  return renderAll([], cluster);
}

/** The value at a path of a component's Helm values; `~1` is a slash in a key. */
function helmValue(objects: readonly KubernetesObject[], component: string, path: string): unknown {
  const { spec } = find<{ spec: { source: { helm: { valuesObject: unknown } } } }>(
    objects,
    'Application',
    component,
  );
  return path
    .split('/')
    .reduce<unknown>(
      (inner, key) => (inner as Record<string, unknown>)?.[key.replaceAll('~1', '/')],
      spec.source.helm.valuesObject,
    );
}

const AL2023 = render();
const BOTTLEROCKET = render([[['spec', 'nodes', 'ami', 'alias'], 'bottlerocket@v1.61.0']]);
const EVERY_TAINT = [
  { key: 'nvidia.com/gpu', operator: 'Exists' },
  { key: 'tenantry.dev/tenant', operator: 'Exists' },
];

/** Component, path of a value, the value, and why it is decisive. */
const VALUES: readonly [component: string, path: string, value: unknown, why: string][] = [
  ['karpenter', 'settings/clusterName', 'lab', 'the chart renders without it, and does nothing'],
  ['karpenter', 'settings/interruptionQueue', 'lab', 'or spot pods die without notice'],
  ['gpu-operator', 'driver/enabled', false, 'the machine image has it'],
  ['gpu-operator', 'toolkit/enabled', false, 'the machine image has it'],
  ['gpu-operator', 'devicePlugin/enabled', true, 'AL2023 does not have it'],
  ['gpu-operator', 'migManager/enabled', false, 'Karpenter does not know MIG'],
  ['gpu-operator', 'dcgmExporter/enabled', true, 'GPU metrics'],
  ['gpu-operator', 'operator/upgradeCRD', false, 'a hook would rewrite CRDs at every sync'],
  ['gpu-operator', 'daemonsets/tolerations', EVERY_TAINT, 'a new type or tenant pool changes nothing'],
  [
    'gpu-operator',
    'node-feature-discovery/worker/tolerations',
    EVERY_TAINT,
    'unlabelled nodes get no plugin',
  ],
  ['kuberay', 'leaderElectionEnabled', true, 'two replicas, one works'],
  ['kuberay', 'singleNamespaceInstall', false, 'it serves all tenants'],
  ['kueue', 'controllerManager/replicas', 2, 'its webhook stands before every job'],
  ['calico', 'installation/cni/type', 'AmazonVPC', 'policies only: the VPC CNI keeps addresses'],
  ['calico', 'installation/kubernetesProvider', 'EKS', 'or it takes the nodes for its own'],
  ['calico', 'installation/calicoNetwork/bgp', 'Disabled', 'the VPC routes'],
  ['calico', 'apiServer/enabled', false, 'only networking.k8s.io/v1 objects'],
  ['calico', 'manageCRDs', false, 'two owners would fight'],
  ['aws-load-balancer-controller', 'enableCertManager', true, 'or each rendering has another CA'],
  [
    'aws-load-balancer-controller',
    'enableServiceMutatorWebhook',
    false,
    'it would stand before every Service',
  ],
  [
    'aws-load-balancer-controller',
    'webhookConfig/disableIngressValidation',
    true,
    'and before every Ingress',
  ],
  ['aws-load-balancer-controller', 'clusterName', 'lab', 'required'],
  [
    'aws-load-balancer-controller',
    'vpcTags',
    { 'karpenter.sh/discovery': 'lab' },
    'pods cannot ask the node',
  ],
  ['nginx-ingress', 'controller/enableSnippets', false, 'one tenant’s would be in the configuration of all'],
  ['nginx-ingress', 'controller/enableCustomResources', false, 'the same'],
  [
    'nginx-ingress',
    'controller/wildcardTLS/secret',
    'nginx-ingress/wildcard-tls',
    'one certificate for all hosts',
  ],
  [
    'nginx-ingress',
    'controller/service/loadBalancerClass',
    'service.k8s.aws/nlb',
    'not the in-tree load balancer',
  ],
  [
    'nginx-ingress',
    'controller/config/entries/set-real-ip-from',
    '10.0.0.0/16',
    'the load balancer’s addresses',
  ],
  ['cert-manager', 'crds/enabled', false, 'an Application of their own'],
  ['cert-manager', 'startupapicheck/enabled', false, 'a hook at every sync'],
  ['external-dns', 'sources', ['service'], 'one wildcard record'],
  ['external-dns', 'sourceNamespace', 'nginx-ingress', 'a tenant’s Service must not take a host over'],
  ['external-dns', 'txtOwnerId', 'lab', 'two clusters may share a zone'],
  ['external-dns', 'domainFilters', ['ml.example.com'], 'nothing else of the zone'],
  ['external-secrets', 'installCRDs', false, 'an Application of their own'],
  ['external-secrets', 'processPushSecret', false, 'nothing is written to Secrets Manager'],
  ['external-secrets', 'rbac/aggregateToEdit', false, 'no role of others may read the store'],
  ['ack-s3', 'deletionPolicy', 'retain', 'buckets hold data'],
  [
    'ack-eks',
    'reconcile/resources',
    ['AccessEntry', 'PodIdentityAssociation'],
    'never clusters or node groups',
  ],
  ['ack-iam', 'enableCrossNamespace', false, 'no reference over the fence of a tenant'],
  ['jupyterhub', 'hub/consecutiveFailureLimit', 0, 'one tenant at its quota would end the hub'],
  ['jupyterhub', 'hub/networkPolicy/interNamespaceAccessLabels', 'accept', 'notebooks are elsewhere'],
  ['jupyterhub', 'proxy/chp/networkPolicy/interNamespaceAccessLabels', 'accept', 'the same'],
  ['jupyterhub', 'hub/allowNamedServers', false, 'one server a person, tenant chosen at start'],
  ['jupyterhub', 'scheduling/userScheduler/enabled', false, 'kube-scheduler v1.30'],
  ['jupyterhub', 'prePuller/hook/enabled', false, 'a hook at every sync'],
  ['jupyterhub', 'prePuller/continuous/enabled', false, 'CUDA images on every node'],
  ['jupyterhub', 'singleuser/cloudMetadata/blockWithIptables', false, 'a privileged container'],
  ['jupyterhub', 'singleuser/networkPolicy/enabled', false, 'tenants have their own'],
  ['jupyterhub', 'singleuser/extraFiles', undefined, 'Secrets of the hub’s namespace'],
  ['jupyterhub', 'rbac/create', false, 'nothing is started in the hub’s namespace'],
  ['jupyterhub', 'proxy/service/type', 'ClusterIP', 'NGINX is the one way in'],
  ['jupyterhub', 'ingress/annotations/nginx.org~1websocket-services', 'proxy-public', 'kernels'],
  ['jupyterhub', 'hub/pdb/enabled', true, 'not moved by accident'],
  ['jupyterhub', 'proxy/chp/pdb/enabled', true, 'the same'],
  ['jupyterhub', 'hub/db/pvc/storageClassName', 'disk', 'everybody’s password, in SQLite'],
  ['jupyterhub', 'cull/timeout', 86400, 'the ceiling'],
  ['argo-cd', 'redis-ha/enabled', true, 'highly available'],
  ['argo-cd', 'global/image/tag', 'v3.5.1', 'the chart’s own is tested up to Kubernetes 1.35'],
  ['argo-cd', 'crds/install', false, 'an Application of their own'],
  [
    'argo-cd',
    'configs/params/controller.sync.timeout.seconds',
    '900',
    'a sick object must not hold up for ever',
  ],
  ['argo-cd', 'configs/rbac/policy.default', '', 'nobody sees anything by default'],
  ['argo-cd', 'configs/rbac/policy.csv', '', 'no list of tenants'],
];

describe('values of Helm charts', () => {
  it.each(VALUES)('%s: %s is %j: %s', (component, path, value) => {
    expect(helmValue(AL2023, component, path)).toEqual(value);
  });

  it('switches the device plugin off on Bottlerocket, which has its own', () => {
    expect(helmValue(BOTTLEROCKET, 'gpu-operator', 'devicePlugin/enabled')).toBe(false);
    expect(helmValue(BOTTLEROCKET, 'gpu-operator', 'driver/enabled')).toBe(false);
  });

  it('name the service accounts that the bootstrap gives roles', () => {
    const names = {
      'ack-eks': AWS_ACCOUNT.ackEks,
      'ack-iam': AWS_ACCOUNT.ackIam,
      'ack-s3': AWS_ACCOUNT.ackS3,
      'aws-load-balancer-controller': AWS_ACCOUNT.loadBalancer,
      'cert-manager': AWS_ACCOUNT.certManager,
      'external-dns': AWS_ACCOUNT.externalDns,
      'external-secrets': AWS_ACCOUNT.externalSecrets,
      karpenter: AWS_ACCOUNT.karpenter,
    };
    for (const [component, { namespace, name }] of Object.entries(names)) {
      expect(helmValue(AL2023, component, 'serviceAccount/name')).toBe(name);
      const { spec } = find<{ spec: { destination: { namespace: string } } }>(
        AL2023,
        'Application',
        component,
      );
      expect(spec.destination.namespace).toBe(namespace);
    }
    expect(Object.keys(names)).toHaveLength(Object.keys(AWS_ACCOUNT).length);
  });

  it('hold no secret, and no role of AWS', () => {
    const text = JSON.stringify(AL2023);
    expect(text).not.toMatch(/arn:aws|eks\.amazonaws\.com\/role-arn|BEGIN [A-Z ]*KEY/);
  });

  it('turn the gate on that schedules of tenants need, and name every gate of the chart', () => {
    const gates = helmValue(AL2023, 'kuberay', 'featureGates') as { name: string; enabled: boolean }[];
    expect(gates).toContainEqual({ name: 'RayCronJob', enabled: true });
    expect(gates).toHaveLength(8);
  });

  it('take sizes from the cluster file', () => {
    const large = render([[['spec', 'operators'], { kuberay: { cpu: 2, memory: '8Gi' } }]]);
    expect(helmValue(large, 'kuberay', 'resources')).toEqual({
      requests: { cpu: '2', memory: '8Gi' },
      limits: { memory: '8Gi' },
    });
    expect(helmValue(large, 'kueue', 'controllerManager/manager/resources')).toEqual(
      helmValue(AL2023, 'kueue', 'controllerManager/manager/resources'),
    );
  });

  it('take the scheme of the load balancer from the cluster file: private by default', () => {
    const read = (objects: readonly KubernetesObject[]) =>
      Object.entries(helmValue(objects, 'nginx-ingress', 'controller/service/annotations') as object).find(
        ([key]) => key.endsWith('load-balancer-scheme'),
      )?.[1];
    expect(read(AL2023)).toBe('internal');
    expect(read(render([[['spec', 'ingress'], { scheme: 'internet-facing' }]]))).toBe('internet-facing');
  });
});

describe('the configuration of Kueue', () => {
  const text = helmValue(AL2023, 'kueue', 'managerConfig/controllerManagerConfigYaml') as string;
  const configuration = load(text) as Record<string, Record<string, unknown>>;

  it('queues jobs and nothing else, in tenants only', () => {
    expect(configuration.integrations?.frameworks).toEqual(['ray.io/rayjob']);
    expect(configuration.managedJobsNamespaceSelector).toEqual({
      matchExpressions: [{ key: 'tenantry.dev/tenant', operator: 'Exists' }],
    });
  });

  it('does not wait for what no queue counts', () => {
    expect(configuration.resources?.excludeResourcePrefixes).toEqual(['ephemeral-storage']);
  });

  it('gives a cold GPU node the time that was measured, and does not block others meanwhile', () => {
    const { timeout, blockAdmission } = configuration.waitForPodsReady ?? {};
    expect(Number.parseInt(String(timeout), 10) * 60).toBeGreaterThan(393);
    expect(blockAdmission).toBe(false);
  });
});

describe('own objects', () => {
  it('ask for one wildcard certificate by DNS-01, in the namespace of NGINX', () => {
    const { metadata, spec } = find<Certificate>(AL2023, 'Certificate', 'wildcard-tls');
    expect(metadata.namespace).toBe('nginx-ingress');
    expect(spec).toMatchObject({ secretName: 'wildcard-tls', dnsNames: ['*.ml.example.com'] });
    const issuer = find<ClusterIssuer>(AL2023, 'ClusterIssuer', spec?.issuerRef.name ?? '');
    expect(issuer.spec.acme?.solvers).toEqual([
      { selector: { dnsZones: ['ml.example.com'] }, dns01: { route53: { region: 'eu-west-1' } } },
    ]);
  });

  it('name the hosted zone where the cluster file does', () => {
    const objects = render([[['spec', 'dns'], { zoneId: 'Z0123456789' }]]);
    const issuer = find<ClusterIssuer>(objects, 'ClusterIssuer', 'letsencrypt');
    expect(issuer.spec.acme?.solvers?.[0]?.dns01?.route53).toMatchObject({ hostedZoneID: 'Z0123456789' });
    expect(helmValue(objects, 'external-dns', 'extraArgs')).toContain('--zone-id-filter=Z0123456789');
  });

  it('let only the platform use the store of secrets', () => {
    const { spec } = find<ClusterSecretStore>(AL2023, 'ClusterSecretStore', 'platform');
    expect(spec?.conditions).toEqual([{ namespaces: ['argocd', 'jupyterhub'] }]);
    // No auth: the controller's own identity.
    expect(spec?.provider).toEqual({ aws: { service: 'SecretsManager', region: 'eu-west-1' } });
  });

  it('log Argo CD in by reference', () => {
    const git = { ...CLUSTER.spec.git, secret: 'tenantry/git' };
    const { spec } = find<ExternalSecret>(
      render([[['spec', 'git'], git]]),
      'ExternalSecret',
      'git-repository',
    );
    expect(spec?.dataFrom?.[0]?.extract?.key).toBe('tenantry/git');
    expect(spec?.target).toMatchObject({
      creationPolicy: 'Orphan',
      deletionPolicy: 'Retain',
      template: {
        metadata: { labels: { 'argocd.argoproj.io/secret-type': 'repository' } },
        data: { type: 'git', url: git.url },
      },
    });
  });
});

describe('single sign-on', () => {
  const sso = {
    issuer: 'https://id.example.com',
    clientId: 'argocd',
    secret: 'tenantry/argocd-oidc',
    admins: 'platform-engineers',
  };
  const objects = render([[['spec', 'sso'], sso]]);

  it('takes the place of the local admin', () => {
    expect(helmValue(AL2023, 'argo-cd', 'configs/cm/admin.enabled')).toBe(true);
    expect(helmValue(objects, 'argo-cd', 'configs/cm/admin.enabled')).toBe(false);
    expect(helmValue(objects, 'argo-cd', 'configs/rbac/policy.csv')).toBe(
      'g, platform-engineers, role:admin\n',
    );
  });

  it('names its secret, which comes from the store', () => {
    const oidc = load(String(helmValue(objects, 'argo-cd', 'configs/cm/oidc.config')));
    expect(oidc).toMatchObject({ issuer: sso.issuer, clientSecret: '$argocd-oidc:clientSecret' });
    const { spec } = find<ExternalSecret>(objects, 'ExternalSecret', 'argocd-oidc');
    expect(spec?.dataFrom?.[0]?.extract?.key).toBe('tenantry/argocd-oidc');
  });
});
