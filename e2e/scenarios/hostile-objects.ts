import type { Answer, Api, Body, Reference } from '../api';
import type { Document } from '../dist';
import type { Scene } from './hostile-pods';
import { pod } from './pod';

/** What is there before, for attempts to change it. */
export interface Victims {
  readonly pod: Reference & Body;
  readonly cluster: Reference & Body;
  /** A RayCronJob of dist/, whose template members fill in. */
  readonly cron: Reference & Body;
  readonly host: string;
}

type Attempt = (api: Api) => Promise<Answer>;
type Attempts = readonly (readonly [policy: string, attempts: Readonly<Record<string, Attempt>>])[];

/** Objects for the attempts: a RayCluster as KubeRay makes it of a RayService, and a pod. */
export function victimsOf({ namespace }: Scene, documents: readonly Document[]): Victims {
  const own = documents
    .map(({ object }) => object as Reference & Body)
    .filter(({ metadata }) => metadata.namespace === namespace);
  const one = (kind: string) => {
    const found = own.find((object) => object.kind === kind);
    if (found === undefined) throw new Error(`dist/ has no ${kind} in ${namespace}`);
    return found;
  };
  const service = one('RayService');
  return {
    pod: pod(namespace, { name: 'victim' }),
    cluster: {
      apiVersion: 'ray.io/v1',
      kind: 'RayCluster',
      metadata: { name: `${service.metadata.name}-victim`, namespace },
      spec: { ...service.spec.rayClusterConfig, suspend: true },
    },
    cron: one('RayCronJob'),
    host: one('Ingress').spec.rules[0].host,
  };
}

/** Hostile Services, claims, Ray objects, and changes of what is there, by the policy that must refuse them. */
export function hostileObjects(scene: Scene, { pod: victim, cluster, cron, host }: Victims): Attempts {
  const { namespace, otherTenant } = scene;
  const reference = (apiVersion: string, kind: string, name: string): Reference => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
  });
  const create =
    (apiVersion: string, kind: string, spec: object, metadata: object = {}): Attempt =>
    (api) =>
      api.create({
        apiVersion,
        kind,
        metadata: { name: 'hostile', namespace, ...metadata },
        spec,
      } as Reference);
  const patch =
    (of: Reference, change: object): Attempt =>
    (api) =>
      api.patch(of, change);
  const remove =
    (of: Reference): Attempt =>
    (api) =>
      api.delete(of);
  const service = (spec: object) =>
    create('v1', 'Service', { selector: { app: 'mine' }, ports: [{ port: 80 }], ...spec });
  const ingress = (rule: object, spec: object = {}, metadata: object = {}) =>
    create(
      'networking.k8s.io/v1',
      'Ingress',
      { ingressClassName: 'nginx', rules: [rule], ...spec },
      metadata,
    );
  const path = (name: string, number: number) => ({
    http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number } } } }] },
  });
  const { jobTemplate } = cron.spec;
  const job = (change: object) =>
    create('ray.io/v1', 'RayJob', {
      ...jobTemplate,
      rayClusterSpec: { ...jobTemplate.rayClusterSpec, ...change },
    });
  const groups: Body[] = cluster.spec.workerGroupSpecs;
  const worker = (change: object) =>
    patch(cluster, { spec: { workerGroupSpecs: groups.map((group) => ({ ...group, ...change })) } });
  const tenant = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  const hub = reference('v1', 'ConfigMap', 'tenantry-tenant');
  const deny = reference('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny');

  return [
    [
      'services',
      {
        'a load balancer': service({ type: 'LoadBalancer' }),
        'a port of every node': service({ type: 'NodePort' }),
        'an external name': service({ type: 'ExternalName', externalName: 'example.org' }),
        'an address of another': service({ externalIPs: ['10.0.0.7'] }),
        'pods of another': service({ selector: undefined }),
      },
    ],
    [
      'ingresses',
      {
        'a host of another': ingress({ host: 'mine.example.com', ...path('chat-serve-svc', 8000) }),
        'every host': ingress(path('chat-serve-svc', 8000)),
        'the dashboard of Ray': ingress({ host, ...path('chat-head-svc', 8265) }),
        'pieces of configuration': ingress(
          { host, ...path('chat-serve-svc', 8000) },
          {},
          {
            annotations: { 'nginx.org/server-snippets': 'location / {}' },
          },
        ),
      },
    ],
    [
      'claims',
      {
        'the volume of another': create('v1', 'PersistentVolumeClaim', {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '1Gi' } },
          volumeName: `pvc-${otherTenant}`,
        }),
      },
    ],
    [
      'ray-access',
      {
        'a job without a token': job({ authOptions: undefined }),
        'a job with another token': job({ authOptions: { mode: 'token', secretName: 'mine' } }),
        'a job with an Ingress': job({
          headGroupSpec: { ...jobTemplate.rayClusterSpec.headGroupSpec, enableIngress: true },
        }),
        'a head on the internet': job({
          headGroupSpec: { ...jobTemplate.rayClusterSpec.headGroupSpec, serviceType: 'LoadBalancer' },
        }),
      },
    ],
    [
      'own-accounts',
      {
        'other workers': worker({ template: { ...groups[0]?.template, metadata: { labels: { a: 'b' } } } }),
        'more workers than allowed': worker({ maxReplicas: 1000 }),
        'one more group': patch(cluster, {
          spec: { workerGroupSpecs: [...groups, { ...groups[0], groupName: 'more' }] },
        }),
        'another head': patch(cluster, {
          spec: { headGroupSpec: { template: { spec: { serviceAccountName: 'notebook' } } } },
        }),
        'no autoscaling': patch(cluster, { spec: { enableInTreeAutoscaling: false } }),
        'labels of a RayCluster': patch(cluster, { metadata: { labels: { a: 'b' } } }),
        'labels of a pod': patch(victim, { metadata: { labels: { 'ray.io/node-type': 'head' } } }),
        'the image of a pod': patch(victim, { spec: { activeDeadlineSeconds: 60 } }),
      },
    ],
    [
      'platform-objects',
      {
        'members in the file of the hub': patch(hub, { data: { 'tenant.json': '{}' } }),
        'no file for the hub': remove(hub),
        'an open network': patch(deny, { spec: { egress: [{}] } }),
        'no network policy': remove(deny),
        'one more network policy': create('networking.k8s.io/v1', 'NetworkPolicy', {
          podSelector: {},
          egress: [{}],
        }),
        'a larger quota': patch(reference('v1', 'ResourceQuota', 'tenant'), {
          spec: { hard: { pods: '9' } },
        }),
        'no limits': remove(reference('v1', 'LimitRange', 'tenant')),
        'more rights': patch(reference('rbac.authorization.k8s.io/v1', 'Role', 'tenantry:user'), {
          rules: [],
        }),
        'tokens in every pod': patch(reference('v1', 'ServiceAccount', 'ray-worker'), {
          automountServiceAccountToken: true,
        }),
      },
    ],
    [
      'namespaces',
      {
        'no tenant': remove(tenant),
        'the label of another tenant': patch(tenant, {
          metadata: { labels: { 'tenantry.dev/tenant': otherTenant } },
        }),
        'no label': patch(tenant, { metadata: { labels: { 'tenantry.dev/tenant': null } } }),
        'privileged pods': patch(tenant, {
          metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
        }),
      },
    ],
  ];
}
