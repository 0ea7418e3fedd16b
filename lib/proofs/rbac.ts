import { NAMESPACE, SERVICE_ACCOUNT } from '../model/names';
import type { Gap, Proof } from './proof';
import { type Binding, bindingsOf, rulesOf } from './rights';

const EVERY = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const READ = ['get', 'list', 'watch'];

/** What nobody of a tenant may do, in its own namespace either: verbs by resource, whatever the API group. */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  // The names of a Secret are enough for a pod to mount it; its content is nobody's to read by kubectl.
  secrets: [...READ, ...EVERY],
  'pods/exec': ['get', 'create'],
  'pods/attach': ['get', 'create'],
  'pods/portforward': ['get', 'create'],
  'serviceaccounts/token': ['create'],
  serviceaccounts: ['impersonate', ...EVERY],
  roles: ['bind', 'escalate', ...EVERY],
  rolebindings: EVERY,
  // What fences the tenant in.
  configmaps: EVERY,
  namespaces: EVERY,
  resourcequotas: EVERY,
  limitranges: EVERY,
  networkpolicies: EVERY,
  localqueues: EVERY,
  workloads: EVERY,
  endpointslices: EVERY,
  podidentityassociations: EVERY,
  externalsecrets: EVERY,
  // What other objects make pods or reach the world by.
  services: EVERY,
  ingresses: EVERY,
  rayclusters: EVERY,
  rayservices: EVERY,
  raycronjobs: EVERY,
};

/** Making a pod means every Secret and account of the namespace, so only the hub and operators make them. */
export const RBAC: Proof = {
  rule: 'rbac-scope',
  proves:
    "a tenant's groups and service accounts are bound in its own namespace only, without wildcards and without rights over what fences it in",
  why: 'One binding too many, or a star in a role, is a way out of the namespace that nobody notices.',
  source: 'Kubernetes docs, RBAC good practices; CIS EKS 1.8, section 4.1',
  find({ placement, objects }) {
    const { tenant, groups } = placement;
    const accounts: readonly string[] = Object.values(SERVICE_ACCOUNT);
    const isHub = ({ kind, name, namespace }: NonNullable<Binding['subjects']>[number]) =>
      kind === 'ServiceAccount' && name === 'hub' && namespace === NAMESPACE.jupyterhub;
    return bindingsOf(objects).flatMap((object): Gap[] => {
      const gap = (message: string): Gap => ({ object, message });
      const strangers = (object.subjects ?? []).filter(
        (subject) =>
          !isHub(subject) &&
          !(subject.kind === 'Group' && [groups.admins, groups.users].includes(subject.name)) &&
          !(
            subject.kind === 'ServiceAccount' &&
            subject.namespace === tenant &&
            accounts.includes(subject.name)
          ),
      );
      const isOfTenant = !(object.subjects ?? []).every(isHub);
      return [
        ...(object.metadata.namespace === tenant
          ? []
          : [gap(`is in namespace ${object.metadata.namespace}`)]),
        ...(object.roleRef.kind === 'Role'
          ? []
          : [gap(`gives a ${object.roleRef.kind}, whose rules others add to`)]),
        ...strangers.map(({ kind, name }) =>
          gap(`gives rights to ${kind} ${name}, who is not of the tenant`),
        ),
        ...rulesOf(objects, object).flatMap(({ apiGroups = [], resources = [], verbs }) => [
          ...([...apiGroups, ...resources, ...verbs].includes('*') ? [gap('has a wildcard')] : []),
          ...(isOfTenant ? forbidden(resources, verbs).map((what) => gap(`allows ${what}`)) : []),
        ]),
      ];
    });
  },
};

function forbidden(resources: readonly string[], verbs: readonly string[]): string[] {
  return resources.flatMap((resource) =>
    verbs.filter((verb) => FORBIDDEN[resource]?.includes(verb)).map((verb) => `${verb} ${resource}`),
  );
}
