import { items } from '../path';
import type { Rule } from '../rule';

interface Term {
  readonly tags?: Readonly<Record<string, string>>;
  readonly id?: string;
  readonly name?: string;
}

const FIELDS = ['subnetSelectorTerms', 'securityGroupSelectorTerms', 'amiSelectorTerms'] as const;

type NodeClass = { readonly spec?: Readonly<Record<(typeof FIELDS)[number], readonly Term[] | undefined>> };

/** A term with no tags takes whatever there is in the account. */
export const emptySelector: Rule<NodeClass> = {
  id: 'empty-selector',
  class: 'policy',
  kinds: ['karpenter.k8s.aws/v1/EC2NodeClass'],
  check({ spec }, tell) {
    for (const field of FIELDS) {
      for (const [{ tags, id, name }, at] of items(spec?.[field], ['spec', field])) {
        if (tags === undefined || id !== undefined || name !== undefined) continue;
        if (Object.keys(tags).length === 0) tell([...at, 'tags'], 'selects everything in the account');
      }
    }
  },
};
