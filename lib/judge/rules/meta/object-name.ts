import { isDns1035Label, isDns1123Label, isDns1123Subdomain, isPathSegment, type Problem } from '../../names';
import type { KubernetesVersion } from '../../version';
import type { Rule } from '../rule';

type Named = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly generateName?: string };
};

/** Kinds whose name need not be a domain name (validation functions of Kubernetes v1.36.1, by kind). */
const FORMATS: ReadonlyMap<string, Problem> = new Map([
  ['v1/Namespace', isDns1123Label],
  ['apps/v1/StatefulSet', isDns1123Label],
  ['apiregistration.k8s.io/v1/APIService', isPathSegment],
  ['networking.k8s.io/v1/IPAddress', isPathSegment],
  ['policy/v1/PodDisruptionBudget', isPathSegment],
  ['rbac.authorization.k8s.io/v1/ClusterRole', isPathSegment],
  ['rbac.authorization.k8s.io/v1/ClusterRoleBinding', isPathSegment],
  ['rbac.authorization.k8s.io/v1/Role', isPathSegment],
  ['rbac.authorization.k8s.io/v1/RoleBinding', isPathSegment],
]);

/** Kinds that the API server names itself (pkg/registry/core/limitrange/strategy.go, Kubernetes v1.36.1). */
const NAMED = ['v1/LimitRange'];

/** The name has the format of its kind. */
export const objectName: Rule<Named> = {
  id: 'object-name',
  class: 'apiserver',
  check({ apiVersion, kind, metadata = {} }, tell, { version, old }) {
    // A name that is there cannot be mended.
    if (old !== undefined) return;
    const { name = '', generateName = '' } = metadata;
    const type = `${apiVersion}/${kind}`;
    if (name === '' && generateName === '') {
      if (!NAMED.includes(type)) tell(['metadata'], 'lacks a name');
      return;
    }
    const problemOf = formatOf(type, version);
    // Five characters are added to a prefix, which may end in a dash.
    const problem = problemOf(name === '' ? `${generateName}a` : name);
    if (problem !== undefined) tell(['metadata', name === '' ? 'generateName' : 'name'], `name ${problem}`);
  },
};

/** Since 1.36 (RelaxedServiceNameValidation) a Service may start with a digit. */
function formatOf(kind: string, version: KubernetesVersion): Problem {
  if (kind === 'v1/Service') return version === '1.36' ? isDns1123Label : isDns1035Label;
  return FORMATS.get(kind) ?? isDns1123Subdomain;
}
