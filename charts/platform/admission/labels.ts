import { ANNOTATION, LABEL } from '../../../lib/model/names';
import { TENANT } from './expressions';
import type { Policy } from './policy';

const QUEUE = 'kueue.x-k8s.io/queue-name';
const costCenter = `'${LABEL.costCenter}'`;
/** Calico believes what these say about the address of a pod; its and the VPC CNI's own come after creation. */
const NETWORK = ['cni.projectcalico.org/', 'vpc.amazonaws.com/'];

/** Labels by which costs, queues and network policies tell whose a thing is. */
export const LABELS: Policy = {
  name: 'labels',
  refuses: 'labels of another tenant or queue, and annotations by which the network knows pods',
  resources: {
    '': ['pods', 'services', 'persistentvolumeclaims'],
    'ray.io': ['rayclusters', 'rayjobs', 'rayservices', 'raycronjobs'],
  },
  operations: ['CREATE', 'UPDATE'],
  only: "request.operation == 'CREATE' || object.metadata.?labels.orValue({}) != oldObject.metadata.?labels.orValue({})",
  variables: {
    tenant: TENANT,
    labels: 'object.metadata.?labels.orValue({})',
    queue: `namespaceObject.metadata.?annotations[?'${ANNOTATION.queue}'].orValue('')`,
    costCenter: `namespaceObject.metadata.?labels[?${costCenter}].orValue('')`,
  },
  validations: [
    {
      expression: `variables.labels[?'${LABEL.tenant}'].orValue(variables.tenant) == variables.tenant
        && variables.labels[?${costCenter}].orValue(variables.costCenter) == variables.costCenter`,
      message: `the labels ${LABEL.tenant} and ${LABEL.costCenter} must be those of the namespace`,
    },
    {
      expression: `variables.labels[?'${QUEUE}'].orValue(variables.queue) == variables.queue`,
      messageExpression: `"the label ${QUEUE} must be " + variables.queue`,
    },
    {
      // Without the queue a job would run past those that wait.
      expression: `request.resource.resource != 'rayjobs' || '${QUEUE}' in variables.labels`,
      message: 'a RayJob needs its queue',
    },
    {
      expression: `request.operation != 'CREATE' || object.metadata.?annotations.orValue({}).all(k, ${NETWORK.map((prefix) => `!k.startsWith('${prefix}')`).join(' && ')})`,
      message: 'annotations of the network are written by the network',
    },
  ],
};
