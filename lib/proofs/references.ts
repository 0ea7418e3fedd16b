import type { PodIdentityAssociation } from '../../imports/eks.services.k8s.aws';
import type { NodePool } from '../../imports/karpenter.sh';
import type { ClusterQueue, LocalQueue } from '../../imports/kueue.x-k8s.io';
import { type Template, templatesOf } from '../judge/templates';
import { NAMESPACE } from '../model/names';
import type { KubernetesObject } from '../render/manifest';
import type { Proof } from './proof';

/** Kind/namespace/name of an object that something names; the namespace is empty for cluster-scoped kinds. */
type Reference = readonly [kind: string, namespace: string, name: string];

/** What the platform's operators, charts and bootstrap bring; none of it is rendered here. */
const EXTERNAL = new Set([
  ...Object.values(NAMESPACE).map((name) => `Namespace//${name}`),
  `ServiceAccount/${NAMESPACE.jupyterhub}/hub`,
  'PriorityClass//system-cluster-critical',
  'PriorityClass//system-node-critical',
  'Group//',
]);

/** A name that leads nowhere is found out by a pod that never starts. */
export const REFERENCES: Proof = {
  rule: 'dangling-reference',
  proves:
    'what an object names is rendered beside it, or brought by a component; and some pool takes each pod',
  why: 'The API server does not ask: a pod without its Secret, a queue without its cohort or a selector that no node has waits for ever.',
  source: 'kube-linter, its dangling-* checks',
  find: ({ objects, platform }) =>
    danglingReferences(objects, platform).map((message) => ({ message: `leads nowhere: ${message}` })),
};

/** References of objects that lead to nothing among them or those beside, as `from -> Kind/namespace/name`. */
export function danglingReferences(
  objects: readonly KubernetesObject[],
  beside: readonly KubernetesObject[] = [],
): string[] {
  const all = [...objects, ...beside];
  const known = new Set([...EXTERNAL, ...all.flatMap(provided)]);
  const pools = all.filter(({ kind }) => kind === 'NodePool') as (KubernetesObject & NodePool)[];
  return objects.flatMap((object) => {
    const from = `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    const missing = references(object)
      .map((reference) => reference.join('/'))
      .filter((reference) => !known.has(reference));
    const homeless = templatesOf(object).filter((template) => !pools.some((pool) => takes(pool, template)));
    return [...missing, ...homeless.map(({ where }) => `a node for ${where}`)].map(
      (to) => `${from} -> ${to}`,
    );
  });
}

/** What an object stands for: itself, and what a controller makes from it under a name of its own. */
function provided({ kind, metadata, spec }: KubernetesObject): string[] {
  const own = [kind, metadata.namespace ?? '', metadata.name].join('/');
  if (kind === 'RayService') return [own, `Service/${metadata.namespace}/${metadata.name}-serve-svc`];
  const { target } = (spec ?? {}) as { target?: { name?: string } };
  return kind === 'ExternalSecret' ? [own, `Secret/${metadata.namespace}/${target?.name}`] : [own];
}

function references(object: KubernetesObject): Reference[] {
  const { namespace = '' } = object.metadata;
  const home: Reference[] = namespace === '' ? [] : [['Namespace', '', namespace]];
  const read = READERS.get(object.kind);
  const pods = templatesOf(object).flatMap((template) => podReferences(template, namespace));
  return [
    ...home,
    ...pods,
    ...(read === undefined ? [] : read(object as never, namespace)),
    ...tokens(object, namespace),
  ];
}

function podReferences({ spec }: Template, namespace: string): Reference[] {
  const volumes = (spec.volumes ?? []).flatMap(
    ({ secret, configMap, persistentVolumeClaim }): Reference[] => [
      ...(secret === undefined ? [] : [['Secret', namespace, secret.secretName ?? ''] as const]),
      ...(configMap === undefined ? [] : [['ConfigMap', namespace, configMap.name ?? ''] as const]),
      ...(persistentVolumeClaim === undefined
        ? []
        : [['PersistentVolumeClaim', namespace, persistentVolumeClaim.claimName] as const]),
    ],
  );
  const environment = spec.containers.flatMap(({ envFrom = [] }) =>
    envFrom.map(({ secretRef }): Reference => ['Secret', namespace, secretRef?.name ?? '']),
  );
  return [
    ['ServiceAccount', namespace, spec.serviceAccountName ?? ''],
    ['PriorityClass', '', spec.priorityClassName ?? ''],
    ...volumes,
    ...environment,
  ];
}

/** Ray objects name the Secret of their token, however deep. */
function tokens(value: unknown, namespace: string): Reference[] {
  if (typeof value !== 'object' || value === null) return [];
  const { authOptions } = value as { authOptions?: { secretName?: string } };
  const here: Reference[] =
    authOptions === undefined ? [] : [['Secret', namespace, authOptions.secretName ?? '']];
  return [...here, ...Object.values(value).flatMap((inner) => tokens(inner, namespace))];
}

interface Binding {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}
interface Quota {
  readonly spec: { readonly scopeSelector?: { readonly matchExpressions: readonly { values: string[] }[] } };
}
interface Ingress {
  readonly spec: {
    readonly rules: readonly { http: { paths: readonly { backend: { service: { name: string } } }[] } }[];
  };
}
interface Application {
  readonly spec: { readonly project: string; readonly destination: { readonly namespace: string } };
}
interface ExternalSecret {
  readonly spec: {
    readonly secretStoreRef?: { kind: string; name: string };
    readonly dataFrom: readonly { sourceRef?: { generatorRef: { kind: string; name: string } } }[];
  };
}

interface Volume {
  readonly spec: { readonly claimRef: { readonly namespace: string; readonly name: string } };
}

const READERS = new Map<string, (object: never, namespace: string) => Reference[]>([
  [
    'RoleBinding',
    ({ roleRef, subjects }: Binding, namespace: string): Reference[] => [
      [roleRef.kind, namespace, roleRef.name],
      ...subjects.map((s): Reference => [s.kind, s.namespace ?? '', s.kind === 'Group' ? '' : s.name]),
    ],
  ],
  [
    'ResourceQuota',
    ({ spec }: Quota): Reference[] =>
      (spec.scopeSelector?.matchExpressions ?? []).flatMap(({ values }) =>
        values.map((name): Reference => ['PriorityClass', '', name]),
      ),
  ],
  [
    'ClusterQueue',
    ({ spec }: ClusterQueue): Reference[] => [
      ['Cohort', '', spec?.cohortName ?? ''],
      ['Namespace', '', spec?.namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] ?? ''],
      ...(spec?.resourceGroups ?? []).flatMap(({ flavors }) =>
        flavors.map(({ name }): Reference => ['ResourceFlavor', '', name]),
      ),
    ],
  ],
  ['LocalQueue', ({ spec }: LocalQueue): Reference[] => [['ClusterQueue', '', spec?.clusterQueue ?? '']]],
  [
    'NodePool',
    ({ spec }: NodePool): Reference[] => {
      const { kind, name } = spec.template.spec.nodeClassRef;
      return [[kind, '', name]];
    },
  ],
  [
    'ExternalSecret',
    ({ spec: { secretStoreRef: store, dataFrom } }: ExternalSecret, namespace: string): Reference[] => [
      ...(store === undefined ? [] : [[store.kind, '', store.name] as const]),
      ...dataFrom.flatMap(({ sourceRef }): Reference[] =>
        sourceRef === undefined
          ? []
          : [[sourceRef.generatorRef.kind, namespace, sourceRef.generatorRef.name]],
      ),
    ],
  ],
  [
    'PodIdentityAssociation',
    ({ spec }: PodIdentityAssociation): Reference[] => [
      ['ServiceAccount', spec.namespace, spec.serviceAccount],
    ],
  ],
  [
    'PersistentVolume',
    ({ spec: { claimRef } }: Volume): Reference[] => [
      ['PersistentVolumeClaim', claimRef.namespace, claimRef.name],
    ],
  ],
  [
    'PersistentVolumeClaim',
    ({ spec }: { spec: { volumeName: string } }): Reference[] => [['PersistentVolume', '', spec.volumeName]],
  ],
  [
    'Ingress',
    ({ spec }: Ingress, namespace: string): Reference[] =>
      spec.rules.flatMap(({ http }) =>
        http.paths.map(({ backend }): Reference => ['Service', namespace, backend.service.name]),
      ),
  ],
  [
    'Application',
    ({ spec }: Application): Reference[] => [
      ['AppProject', NAMESPACE.argocd, spec.project],
      ['Namespace', '', spec.destination.namespace],
    ],
  ],
  [
    'ValidatingAdmissionPolicyBinding',
    ({ spec }: { spec: { policyName: string } }): Reference[] => [
      ['ValidatingAdmissionPolicy', '', spec.policyName],
    ],
  ],
  [
    'MutatingAdmissionPolicyBinding',
    ({ spec }: { spec: { policyName: string } }): Reference[] => [
      ['MutatingAdmissionPolicy', '', spec.policyName],
    ],
  ],
]);

/** Whether a node of a pool can take a pod: its selector matches, and it tolerates every taint. */
export function takes({ spec }: NodePool, { spec: pod }: Template): boolean {
  const { requirements, taints = [] } = spec.template.spec;
  const labels = spec.template.metadata?.labels ?? {};
  const selects = Object.entries(pod.nodeSelector ?? {}).every(
    ([key, value]) =>
      labels[key] === value || requirements.some((r) => r.key === key && r.values?.includes(value)),
  );
  const tolerates = taints.every((taint) =>
    (pod.tolerations ?? []).some(
      ({ key, operator, value, effect }) =>
        key === taint.key && operator === 'Equal' && value === taint.value && effect === taint.effect,
    ),
  );
  return selects && tolerates;
}
