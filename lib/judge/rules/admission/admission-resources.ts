import type { Pointer } from '../../../issue';
import { isPathSegment } from '../../names';
import { items } from '../path';
import type { Rule, Tell } from '../rule';
import { checkTable, required, table } from '../tables';

interface ResourceRule {
  readonly operations?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

interface Matching {
  readonly resourceRules?: readonly ResourceRule[];
  readonly excludeResourceRules?: readonly ResourceRule[];
}

interface Matched {
  readonly kind: string;
  readonly spec?: { readonly matchConstraints?: Matching; readonly matchResources?: Matching };
}

const FIELDS = table({
  'operations[]': ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'],
  'apiVersions[]': required,
  'resources[]': required,
  'resourceNames[]': isPathSegment,
  scope: ['Cluster', 'Namespaced', '*'],
});
const LISTS = ['operations', 'apiGroups', 'apiVersions'] as const;

/** Which requests an admission policy sees (validateMatchResources, Kubernetes v1.36.1). */
export const admissionResources: Rule<Matched> = {
  id: 'admission-resources',
  class: 'apiserver',
  kinds: ['ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy'].flatMap((kind) =>
    ['', 'Binding'].map((suffix) => `admissionregistration.k8s.io/v1/${kind}${suffix}`),
  ),
  check({ kind, spec = {} }, tell) {
    for (const field of ['matchConstraints', 'matchResources'] as const) {
      for (const list of ['resourceRules', 'excludeResourceRules'] as const) {
        for (const [rule, at] of items(spec[field]?.[list], ['spec', field, list])) {
          checkResources(rule, at, tell);
          const deletes = list === 'resourceRules' && rule.operations?.includes('DELETE');
          // What is deleted cannot be changed.
          if (kind.startsWith('Mutating') && deletes) tell([...at, 'operations'], 'must not have DELETE');
        }
      }
    }
  },
};

function checkResources(rule: ResourceRule, at: Pointer, tell: Tell): void {
  checkTable(FIELDS, rule, at, tell);
  for (const field of LISTS) {
    const list = rule[field] ?? [];
    if (list.length === 0) tell(at, `needs ${field}`);
    if (list.length > 1 && list.includes('*')) tell([...at, field], '* stands alone');
  }
  const { resources = [], resourceNames = [] } = rule;
  if (resources.length === 0) tell(at, 'needs resources');
  for (const problem of wildcardProblems(resources)) tell([...at, 'resources'], problem);
  if (new Set(resourceNames).size < resourceNames.length) tell([...at, 'resourceNames'], 'repeats a name');
}

/** A wildcard that another one repeats, as the server finds it: it goes by the last of those without subresource. */
function* wildcardProblems(resources: readonly string[]): Generator<string> {
  const whole = resources.filter((resource) => !resource.includes('/'));
  if (whole.includes('*') && whole.at(-1) !== '*') yield '* stands alone';
  if (resources.length > 1 && resources.includes('*/*')) yield '*/* stands alone';
  for (const [index, resource] of resources.entries()) {
    const [name, sub] = resource.split('/', 2);
    const earlier = resources.slice(0, index);
    const covering = [`${name}/*`, `*/${sub}`].find((wildcard) => earlier.includes(wildcard));
    if (sub !== undefined && covering !== undefined) yield `${resource} is in ${covering}`;
  }
}
