import type { Answer, Api, Body, Reference, Subject } from '../api';
import type { Stage } from '../scenario';
import { type Template, templatesOf } from '../templates';
import { victimsOf } from './hostile-objects';
import type { Scene } from './hostile-pods';
import { notebooksOf } from './notebooks';

type Deeds = Readonly<Record<string, (api: Api) => Promise<Answer>>>;

/** Who does what in a tenant's namespace, and must not be refused. */
export type Friends = readonly (readonly [Subject, Deeds])[];

/** An account of a component; its own roles come with its Helm chart, which does not run here. */
const component = (namespace: string, name: string): Subject => ({
  user: `system:serviceaccount:${namespace}:${name}`,
  groups: ['system:masters'],
});

/** The account that makes the pods of Ray objects. */
export const KUBERAY = component('kuberay-system', 'kuberay-operator');

/** What the platform does in the namespaces of tenants: everything that policies must let through. */
export function friendly(
  { cluster: name, documents }: Stage,
  scene: Scene,
  subjects: ReadonlyMap<string, Subject>,
): Friends {
  const { namespace } = scene;
  const { cluster, cron } = victimsOf(scene, documents);
  const head = subjects.get('ray-head');
  const groups: Body[] = cluster.spec.workerGroupSpecs;
  const job = {
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: { name: 'friend', namespace },
    spec: cron.spec.jobTemplate,
  };
  const reference = (apiVersion: string, kind: string, one: string): Reference => ({
    apiVersion,
    kind,
    metadata: { name: one, namespace },
  });
  const hubFile = reference('v1', 'ConfigMap', 'tenantry-tenant');
  return [
    [KUBERAY, creating(templatesOf(documents), rayPod)],
    [
      KUBERAY,
      {
        'a finalizer on a RayCluster': (api) =>
          api.patch(cluster, { metadata: { finalizers: ['ray.io/gcs-ft-redis-cleanup-finalizer'] } }),
        'a Service of a head': (api) =>
          api.create({
            ...reference('v1', 'Service', 'friend-head-svc'),
            spec: { clusterIP: 'None', selector: { 'ray.io/node-type': 'head' }, ports: [{ port: 8265 }] },
          } as Reference),
        'a role of the autoscaler': (api) =>
          api.create({
            ...reference('rbac.authorization.k8s.io/v1', 'Role', 'friend'),
            rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
          } as Reference),
        'a RayJob of a RayCronJob': (api) => api.create(job),
      },
    ],
    [hubAccount(), creating(notebooksOf(name), notebookPod)],
    [hubAccount(), { 'a home': (api) => api.create(home(namespace)) }],
    [
      component('argocd', 'argocd-application-controller'),
      {
        'the file of the hub': (api) => api.patch(hubFile, { data: { 'tenant.json': '{}' } }),
        'a quota': (api) =>
          api.patch(reference('v1', 'ResourceQuota', 'tenant'), { spec: { hard: { pods: '9' } } }),
      },
    ],
    [
      // With the roles that Kubernetes gives it: nothing of a deleted Namespace may stay for ever.
      {
        user: 'system:serviceaccount:kube-system:namespace-controller',
        groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'],
      },
      { 'the end of an object': (api) => api.delete(hubFile) },
    ],
    ...(head === undefined
      ? []
      : [
          [
            head,
            {
              'workers of the autoscaler': (api) =>
                api.patch(cluster, {
                  spec: {
                    workerGroupSpecs: groups.map((group) => ({
                      ...group,
                      replicas: group.maxReplicas,
                      scaleStrategy: { workersToDelete: [] },
                    })),
                  },
                }),
            },
          ] satisfies Friends[number],
        ]),
  ];
}

/** The hub's service account, with the rights that dist/ gives it. */
function hubAccount(): Subject {
  return {
    user: 'system:serviceaccount:jupyterhub:hub',
    groups: ['system:serviceaccounts', 'system:serviceaccounts:jupyterhub', 'system:authenticated'],
  };
}

function creating(templates: readonly Template[], podOf: (template: Template) => Body): Deeds {
  return Object.fromEntries(
    templates.map((template) => [
      `${template.namespace}/${template.name}`,
      (api: Api) => api.create(podOf(template) as unknown as Reference),
    ]),
  );
}

/** A pod as KubeRay makes it of a template (1.7): with labels of its own. */
function rayPod({ name, namespace, template }: Template): Body {
  const labels = { ...template.metadata?.labels, 'ray.io/is-ray-node': 'yes' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, name, namespace, labels },
    spec: template.spec,
  };
}

/** A pod as KubeSpawner makes it with JupyterHub's chart (z2jh 4.4): its labels, home, tolerations and preferences. */
function notebookPod({ name, namespace, template }: Template): Body {
  const [container] = template.spec.containers;
  const dedicated = ['hub.jupyter.org/dedicated', 'hub.jupyter.org_dedicated'].map((key) => ({
    key,
    operator: 'Equal',
    value: 'user',
    effect: 'NoSchedule',
  }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: {
        app: 'jupyterhub',
        component: 'singleuser-server',
        'app.kubernetes.io/managed-by': 'kubespawner',
      },
      annotations: { 'hub.jupyter.org/username': 'ada', 'karpenter.sh/do-not-disrupt': 'true' },
    },
    spec: {
      ...template.spec,
      tolerations: [...(template.spec.tolerations ?? []), ...dedicated],
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              preference: {
                matchExpressions: [{ key: 'hub.jupyter.org/node-purpose', operator: 'In', values: ['user'] }],
              },
            },
          ],
        },
      },
      containers: [
        { ...container, volumeMounts: [{ name: 'home', mountPath: '/home/jovyan' }] },
        ...template.spec.containers.slice(1),
      ],
      volumes: [{ name: 'home', persistentVolumeClaim: { claimName: 'claim-ada' } }],
    },
  };
}

function home(namespace: string): Reference {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'claim-ada', namespace },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
  } as Reference;
}
