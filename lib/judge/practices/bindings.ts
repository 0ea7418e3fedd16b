import { NAMESPACE } from '../../model/names';
import type { KubernetesObject } from '../../render/manifest';
import type { Practice } from './practice';

type Binding = KubernetesObject & {
  readonly subjects?: readonly { kind: string; name: string; namespace?: string }[];
};

const PLATFORM: ReadonlySet<string> = new Set(Object.values(NAMESPACE));

/** Rights in the whole cluster are for components of the platform: a tenant's would reach every other tenant. */
export const clusterBindings: Practice = (objects) =>
  objects
    .filter(({ kind }) => kind === 'ClusterRoleBinding')
    .flatMap((object: Binding) =>
      (object.subjects ?? [])
        .filter(({ kind, namespace = '' }) => kind !== 'ServiceAccount' || !PLATFORM.has(namespace))
        .map(({ kind, namespace, name }) => ({
          rule: 'cluster-binding',
          object,
          message: `gives ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name} rights in every namespace`,
          hint: 'bind the role in the namespace of the tenant',
        })),
    );
