import { LABEL, NO_GPU } from '../../../lib/model/names';
import { GRANTED, NEW_SPEC, TENANT, texts } from './expressions';
import type { Policy } from './policy';

const COMMON = [
  'karpenter.sh/capacity-type',
  'kubernetes.io/arch',
  'kubernetes.io/os',
  'topology.kubernetes.io/zone',
];
const SELECTORS = [LABEL.gpuType, LABEL.tenant, ...COMMON];
/** JupyterHub's chart prefers nodes with it (z2jh 4.4); no node of ours has it. */
const AFFINITIES = ['hub.jupyter.org/node-purpose', ...COMMON];

const AFFINITY = 'object.spec.?affinity.?nodeAffinity';
const REQUIRED = `${AFFINITY}.?requiredDuringSchedulingIgnoredDuringExecution.?nodeSelectorTerms.orValue([])`;
const PREFERRED = `${AFFINITY}.?preferredDuringSchedulingIgnoredDuringExecution.orValue([]).map(p, p.preference)`;
const POD_TERMS = ['podAffinity', 'podAntiAffinity'].flatMap((sort) => [
  `object.spec.?affinity.?${sort}.?requiredDuringSchedulingIgnoredDuringExecution.orValue([])`,
  `object.spec.?affinity.?${sort}.?preferredDuringSchedulingIgnoredDuringExecution.orValue([]).map(p, p.podAffinityTerm)`,
]);

/** Where a pod runs is decided by the scheduler, by labels of our pools. EKS has no PodNodeSelector. */
export const NODE_SELECTION: Policy = {
  name: 'node-selection',
  refuses: 'pods that pick nodes of others, go past the scheduler, or keep pods of other tenants off a node',
  resources: { '': ['pods'] },
  operations: ['CREATE', 'UPDATE'],
  only: NEW_SPEC,
  variables: {
    granted: GRANTED,
    tenant: TENANT,
    selector: 'object.spec.?nodeSelector.orValue({})',
    terms: `${REQUIRED} + dyn(${PREFERRED})`,
    podTerms: POD_TERMS.map((terms) => `dyn(${terms})`).join(' + '),
  },
  validations: [
    {
      // A named node is not asked for its NoSchedule taints.
      expression: "request.operation != 'CREATE' || object.spec.?nodeName.orValue('') == ''",
      message: 'a pod cannot name its node: the scheduler chooses',
    },
    {
      expression: "object.spec.?schedulerName.orValue('default-scheduler') == 'default-scheduler'",
      message: 'a pod cannot have a scheduler of its own',
    },
    {
      expression: "object.spec.?runtimeClassName.orValue('') == ''",
      message: 'a pod cannot have a runtime class',
    },
    {
      expression: `variables.selector.all(k, k in ${texts(SELECTORS)})`,
      message: `node selectors may only be ${SELECTORS.join(', ')}`,
    },
    {
      expression: `variables.selector[?'${LABEL.tenant}'].orValue(variables.tenant) == variables.tenant`,
      message: 'the nodes belong to another tenant',
    },
    {
      expression: `variables.selector[?'${LABEL.gpuType}'].orValue('${NO_GPU}') in variables.granted + ['${NO_GPU}']`,
      messageExpression: `"nodes with GPUs of type " + variables.selector['${LABEL.gpuType}'] + " are not granted"`,
    },
    {
      expression: `variables.terms.all(t, t.?matchFields.orValue([]).size() == 0
        && t.?matchExpressions.orValue([]).all(e, e.key in ${texts(AFFINITIES)}))`,
      message: `node affinity may only be by ${AFFINITIES.join(', ')}`,
    },
    {
      expression:
        'variables.podTerms.all(t, !has(t.namespaceSelector) && t.?namespaces.orValue([]).size() == 0)',
      message: 'pod affinity cannot look into other namespaces',
    },
  ],
};
