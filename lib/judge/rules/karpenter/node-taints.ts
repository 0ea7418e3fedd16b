import { isQualifiedName } from '../../names';
import { items } from '../path';
import type { Rule } from '../rule';

interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect?: string;
}

interface NodePool {
  readonly spec?: {
    readonly template?: {
      readonly spec?: Readonly<Record<'taints' | 'startupTaints', readonly Taint[] | undefined>>;
    };
  };
}

const SPEC = ['spec', 'template', 'spec'];

/** Taints that Karpenter would not set (karpenter v1.14.1, pkg/apis/v1/nodeclaim_validation.go). */
export const nodeTaints: Rule<NodePool> = {
  id: 'node-taints',
  class: 'controller',
  kinds: ['karpenter.sh/v1/NodePool'],
  check({ spec }, tell) {
    const { taints, startupTaints } = spec?.template?.spec ?? {};
    const seen = new Set<string>();
    for (const [{ key, value = '', effect = '' }, at] of [
      ...items(taints, [...SPEC, 'taints']),
      ...items(startupTaints, [...SPEC, 'startupTaints']),
    ]) {
      const problem = isQualifiedName(key) ?? (value === '' ? undefined : isQualifiedName(value));
      if (problem !== undefined) tell(at, problem);
      if (seen.has(`${key} ${effect}`)) tell(at, `repeats ${key} with ${effect}`);
      seen.add(`${key} ${effect}`);
    }
  },
};
