import type { LabelSelector } from '../../../../imports/core';
import type { Pointer } from '../../../issue';
import { isDns1123Label, isQualifiedName } from '../../names';
import { items, parsePath, visitPath } from '../path';
import { podRule } from '../pods';
import type { Tell } from '../rule';
import { checkSelector } from '../selectors';
import { checkWeight } from './node-affinity';

interface Term {
  readonly labelSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly namespaces?: readonly string[];
  readonly topologyKey: string;
}

const KINDS = ['podAffinity', 'podAntiAffinity'];
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution[]';
const TERMS = KINDS.flatMap((kind) => [
  parsePath(`affinity.${kind}.requiredDuringSchedulingIgnoredDuringExecution[]`),
  parsePath(`affinity.${kind}.${PREFERRED}.podAffinityTerm`),
]);
const WEIGHTS = KINDS.map((kind) => parsePath(`affinity.${kind}.${PREFERRED}.weight`));

/** Terms about other pods name where these are, and select them. */
export const podAffinity = podRule('pod-affinity', (pod, at, tell) => {
  for (const path of WEIGHTS) visitPath(pod, path, checkWeight(tell), at);
  for (const path of TERMS) {
    visitPath(pod, path, (term, pointer) => checkTerm(term as Term, pointer, tell), at);
  }
});

function checkTerm(term: Term, at: Pointer, tell: Tell): void {
  const problem = isQualifiedName(term.topologyKey);
  if (problem !== undefined) tell([...at, 'topologyKey'], problem);
  checkSelector(term.labelSelector, [...at, 'labelSelector'], tell);
  checkSelector(term.namespaceSelector, [...at, 'namespaceSelector'], tell);
  for (const [name, pointer] of items(term.namespaces, [...at, 'namespaces'])) {
    const wrong = isDns1123Label(name);
    if (wrong !== undefined) tell(pointer, wrong);
  }
}
