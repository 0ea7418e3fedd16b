import { ANNOTATION, LABEL } from '../../../lib/model/names';
import type { Policy } from './policy';

const state = `oldObject.metadata.?labels[?'${LABEL.state}'].orValue('')`;
const enforced = "object.metadata.?labels[?'pod-security.kubernetes.io/enforce'].orValue('')";

/** Every policy finds tenants by a label of their Namespace, and every home goes with it. */
export const NAMESPACES: Policy = {
  name: 'namespaces',
  refuses: 'deleting the Namespace of a tenant that is not archived, and taking what makes it one',
  resources: { '': ['namespaces'] },
  operations: ['UPDATE', 'DELETE'],
  clusterScoped: true,
  only: `'${LABEL.tenant}' in oldObject.metadata.?labels.orValue({})`,
  validations: [
    {
      expression: `request.operation != 'DELETE' || ${state} == 'archived'`,
      messageExpression: `"the volumes of tenant " + request.name + " would go with its Namespace: archive it first (spec.state)"`,
    },
    {
      expression: `request.operation != 'UPDATE' || object.metadata.?labels[?'${LABEL.tenant}'].orValue('') == oldObject.metadata.name`,
      message: 'the Namespace of a tenant stays its own',
    },
    {
      expression: `request.operation != 'UPDATE' || ${enforced} == 'restricted'
        || (${enforced} == 'baseline' && '${ANNOTATION.podSecurityReason}' in object.metadata.?annotations.orValue({}))`,
      message: 'Pod Security of a tenant is restricted, or baseline with a reason',
    },
  ],
};
