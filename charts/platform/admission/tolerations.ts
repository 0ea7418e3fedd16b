import { TAINT } from '../../../lib/model/names';
import { CONTAINERS, GRANTED, NEW_SPEC, TENANT, texts, USES_GPU } from './expressions';
import type { Policy } from './policy';

/** Kubernetes puts these on every pod, for five minutes (DefaultTolerationSeconds). */
const OF_KUBERNETES = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
/** JupyterHub's chart puts these on every notebook (z2jh 4.4); no node of ours has the taint. */
const OF_JUPYTERHUB = ['hub.jupyter.org/dedicated', 'hub.jupyter.org_dedicated'];

/** A toleration is the key to a node. EKS has no PodTolerationRestriction, and a pod may be given one later too. */
export const TOLERATIONS: Policy = {
  name: 'tolerations',
  refuses: 'tolerations of taints that keep pods off GPU nodes, system nodes and pools of other tenants',
  resources: { '': ['pods'] },
  operations: ['CREATE', 'UPDATE'],
  only: NEW_SPEC,
  variables: {
    containers: CONTAINERS,
    usesGpu: USES_GPU,
    granted: GRANTED,
    tenant: TENANT,
    foreign: `object.spec.?tolerations.orValue([]).filter(t, !(
      (t.?key.orValue('') in ${texts(OF_KUBERNETES)} && t.?effect.orValue('') == 'NoExecute')
      || t.?key.orValue('') in ${texts(OF_JUPYTERHUB)}
      || (t.?key.orValue('') == '${TAINT.gpu}' && variables.usesGpu
        && (t.?operator.orValue('Equal') == 'Exists' || t.?value.orValue('') in variables.granted))
      || (t.?key.orValue('') == '${TAINT.tenant}' && t.?operator.orValue('Equal') == 'Equal'
        && t.?value.orValue('') == variables.tenant)
    )).map(t, t.?key.orValue('') == '' ? 'every taint' : t.key + '=' + t.?value.orValue('*'))`,
  },
  validations: [
    {
      expression: 'variables.foreign.size() == 0',
      messageExpression: `"a pod cannot tolerate " + variables.foreign.join(', ') + ": allowed are ${TAINT.tenant}=" + variables.tenant + ", and on pods with GPUs ${TAINT.gpu}"`,
    },
  ],
};
