import { suggest } from '../../../check/did-you-mean';
import type { Pointer } from '../../../issue';
import { entries } from '../path';
import type { Rule } from '../rule';

const PREFIX = 'pod-security.kubernetes.io/';
const VERSION = '-version';
const LEVELS = ['privileged', 'baseline', 'restricted'];

/** What Pod Security can do about a pod. */
export const MODES: readonly string[] = ['enforce', 'audit', 'warn'];

/** The parts of a Namespace that speak about Pod Security. */
export type Moded = { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };

/** A label of Pod Security. */
interface Label {
  readonly mode: string;
  /** Whether it says the version of the mode, not its level. */
  readonly versioned: boolean;
  readonly value: string;
  readonly at: Pointer;
}

/** The labels of Pod Security on a namespace. */
export function modesOf({ metadata }: Moded): Label[] {
  return entries(metadata?.labels, ['metadata', 'labels'])
    .filter(([label]) => label.startsWith(PREFIX))
    .map(([label, value, at]) => {
      const key = label.slice(PREFIX.length);
      const versioned = key.endsWith(VERSION);
      return { mode: versioned ? key.slice(0, -VERSION.length) : key, versioned, value, at };
    });
}

/**
 * Levels and versions of Pod Security are known to it: its admission refuses new namespaces with others
 * (k8s.io/pod-security-admission v0.36.1, api/helpers.go).
 */
export const podSecurityLevels: Rule<Moded> = {
  id: 'pod-security-levels',
  class: 'apiserver',
  kinds: ['v1/Namespace'],
  check(namespace, tell) {
    for (const { mode, versioned, value, at } of modesOf(namespace)) {
      if (!MODES.includes(mode)) continue;
      if (!versioned) {
        if (!LEVELS.includes(value)) tell(at, `is no level${near(value, LEVELS)}`);
      } else if (value !== 'latest' && !/^v1\.([0-9]|[1-9][0-9]*)$/.test(value)) {
        tell(at, 'must be latest or a version such as v1.36');
      }
    }
  },
};

/** What may have been meant. */
export function near(text: string, known: readonly string[]): string {
  const found = suggest(text, known);
  return found === undefined ? `: use ${known.join(', ')}` : `: did you mean "${found}"?`;
}
