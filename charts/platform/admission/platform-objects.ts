import { HUB_CONFIG_MAP, LABEL } from '../../../lib/model/names';
import { texts } from './expressions';
import type { Policy } from './policy';

/** Network policies add up: one more would open what ours close. Quotas and limits have no other writer either. */
const ALL_OF = texts(['limitranges', 'networkpolicies', 'resourcequotas']);

const isOurs = (object: string) =>
  `(${object} != null && ${object}.metadata.?labels[?'${LABEL.managedBy}'].orValue('') == 'tenantry')`;

/**
 * What is rendered in a tenant's namespace fences the tenant in. Who may delete the whole Namespace may change it:
 * Argo CD, and who runs the cluster. So no name of an account is written here, and no right given by mistake helps.
 */
export const PLATFORM_OBJECTS: Policy = {
  name: 'platform-objects',
  refuses:
    'network policies, quotas and other rendered objects written by anybody but Argo CD and who runs the cluster',
  resources: {
    '': ['configmaps', 'limitranges', 'resourcequotas', 'serviceaccounts'],
    'networking.k8s.io': ['networkpolicies'],
    'rbac.authorization.k8s.io': ['roles', 'rolebindings'],
  },
  operations: ['CREATE', 'UPDATE', 'DELETE'],
  // A request for a whole collection has no name: each of its objects is asked about after it (1.36.1).
  only: `request.resource.resource in ${ALL_OF}
    || (request.resource.resource == 'configmaps' && request.?name.orValue('') == '${HUB_CONFIG_MAP}')
    || ${isOurs('object')} || ${isOurs('oldObject')}`,
  validations: [
    {
      expression:
        "authorizer.group('').resource('namespaces').name(request.namespace).check('delete').allowed()",
      message: "this object is written by Argo CD alone: change the tenant's file",
    },
  ],
};
