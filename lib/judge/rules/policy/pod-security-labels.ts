import { suggest } from '../../../check/did-you-mean';
import { entries } from '../path';
import type { Rule } from '../rule';

const PREFIX = 'pod-security.kubernetes.io/';
const LEVELS = ['privileged', 'baseline', 'restricted'];
const MODES = ['enforce', 'audit', 'warn'];

type Labeled = { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };

/** A slip in a label of Pod Security switches it off. */
export const podSecurityLabels: Rule<Labeled> = {
  id: 'pod-security-labels',
  class: 'policy',
  kinds: ['v1/Namespace'],
  check({ metadata }, tell) {
    for (const [label, value, at] of entries(metadata?.labels, ['metadata', 'labels'])) {
      if (!label.startsWith(PREFIX)) continue;
      const key = label.slice(PREFIX.length);
      const versioned = key.endsWith('-version');
      const mode = versioned ? key.slice(0, -'-version'.length) : key;
      if (!MODES.includes(mode)) tell(at, `is no mode${near(mode, MODES)}`);
      else if (versioned) {
        if (value !== 'latest' && !/^v1\.[0-9]+$/.test(value))
          tell(at, 'must be latest or a version such as v1.36');
      } else if (!LEVELS.includes(value)) tell(at, `is no level${near(value, LEVELS)}`);
    }
  },
};

function near(text: string, known: readonly string[]): string {
  const found = suggest(text, known);
  return found === undefined ? `: use ${known.join(', ')}` : `: did you mean "${found}"?`;
}
