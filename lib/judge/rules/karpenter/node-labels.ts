import { isLabelValue, isQualifiedName } from '../../names';
import { entries, items } from '../path';
import type { Rule } from '../rule';

interface NodePool {
  readonly spec?: {
    readonly template?: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec?: { readonly requirements?: readonly Requirement[] };
    };
  };
}

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
  readonly minValues?: number;
}

const TEMPLATE = ['spec', 'template'];
const POOL = 'karpenter.sh/nodepool';
const CAPACITY = 'karpenter.sh/capacity-type';

/** The values that Karpenter knows of a label; the second from pkg/apis/v1/labels.go of karpenter-provider-aws v1.14.1. */
const VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  [CAPACITY, ['on-demand', 'spot', 'reserved']],
  ['karpenter.k8s.aws/instance-tenancy', ['dedicated', 'default']],
]);

/**
 * Labels of nodes that Karpenter would not give: its RuntimeValidate sets the pool to not ready (karpenter v1.14.1,
 * pkg/apis/v1/nodepool_validation.go).
 */
export const nodeLabels: Rule<NodePool> = {
  id: 'node-labels',
  class: 'controller',
  kinds: ['karpenter.sh/v1/NodePool'],
  check({ spec }, tell) {
    const { metadata, spec: claim } = spec?.template ?? {};
    for (const [key, value, at] of entries(metadata?.labels, [...TEMPLATE, 'metadata', 'labels'])) {
      const problem = isQualifiedName(key) ?? isLabelValue(value) ?? restricted(key);
      if (problem !== undefined) tell(at, problem);
    }
    for (const [{ key, operator, values = [], minValues = 1 }, at] of items(claim?.requirements, [
      ...TEMPLATE,
      'spec',
      'requirements',
    ])) {
      const problem = isQualifiedName(key) ?? restricted(key);
      if (problem !== undefined) tell([...at, 'key'], problem);
      for (const [value, where] of items(values, [...at, 'values'])) {
        const wrong = isLabelValue(value);
        if (wrong !== undefined) tell(where, wrong);
      }
      const known = operator === 'In' ? VALUES.get(key) : undefined;
      if (known !== undefined && values.filter((value) => known.includes(value)).length < minValues) {
        tell([...at, 'values'], `must have ${minValues} of ${known.join(', ')}`);
      }
    }
  },
};

function restricted(key: string): string | undefined {
  const domain = key.includes('/') ? key.slice(0, key.indexOf('/')) : '';
  const own = domain === 'karpenter.sh' || domain.endsWith('.karpenter.sh');
  return key === POOL || key === 'kubernetes.io/hostname' || (own && key !== CAPACITY)
    ? 'is set by Karpenter itself'
    : undefined;
}
