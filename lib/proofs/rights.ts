import type { KubernetesObject } from '../render/manifest';

interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface Role extends KubernetesObject {
  readonly rules?: readonly PolicyRule[];
}

export interface Binding extends KubernetesObject {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly Subject[];
}

/** A request as the authorizer sees it; without a namespace it is about the whole cluster. */
export interface Question {
  readonly verb: string;
  readonly group: string;
  /** With its subresource, such as `pods/log`. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** Who asks: groups include those that Kubernetes gives to everybody. */
export interface Asker {
  readonly user: string;
  readonly groups: readonly string[];
}

/** Whether a binding in the namespace, or one of the whole cluster, allows it. */
export function mayDo(objects: readonly KubernetesObject[], asker: Asker, question: Question): boolean {
  const { namespace } = question;
  const inReach = bindingsOf(objects).filter(({ metadata }) => metadata.namespace === namespace);
  const everywhere = objects.filter(({ kind }) => kind === 'ClusterRoleBinding') as Binding[];
  return [...(namespace === undefined ? [] : inReach), ...everywhere]
    .filter((binding) => isBound(binding, asker))
    .some((binding) => rulesOf(objects, binding).some((rule) => allows(rule, question)));
}

export function bindingsOf(objects: readonly KubernetesObject[]): Binding[] {
  return objects.filter(({ kind }) => kind === 'RoleBinding') as Binding[];
}

/** The rules that a binding gives, of its ClusterRole or its Role in the same namespace; none where that is not there. */
export function rulesOf(
  objects: readonly KubernetesObject[],
  { metadata, roleRef }: Binding,
): readonly PolicyRule[] {
  const role = objects.find(
    (object) =>
      object.kind === roleRef.kind &&
      object.metadata.name === roleRef.name &&
      (roleRef.kind === 'ClusterRole' || object.metadata.namespace === metadata.namespace),
  ) as Role | undefined;
  return role?.rules ?? [];
}

function isBound({ subjects = [], metadata }: Binding, { user, groups }: Asker): boolean {
  return subjects.some(({ kind, name, namespace = metadata.namespace }) => {
    if (kind === 'Group') return groups.includes(name);
    return user === (kind === 'User' ? name : `system:serviceaccount:${namespace}:${name}`);
  });
}

function allows(rule: PolicyRule, { verb, group, resource, name }: Question): boolean {
  const has = (values: readonly string[] | undefined, wanted: string) =>
    values?.includes(wanted) === true || values?.includes('*') === true;
  const [, subresource] = resource.split('/');
  return (
    has(rule.verbs, verb) &&
    has(rule.apiGroups, group) &&
    (has(rule.resources, resource) || rule.resources?.includes(`*/${subresource}`) === true) &&
    (rule.resourceNames === undefined ||
      rule.resourceNames.length === 0 ||
      rule.resourceNames.includes(name ?? ''))
  );
}
