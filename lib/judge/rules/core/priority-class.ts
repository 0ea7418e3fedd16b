import type { Rule } from '../rule';
import { checkTable, table } from '../tables';

interface PriorityClass {
  readonly metadata?: { readonly name?: string };
  readonly value: number;
}

/** k8s.io/kubernetes v1.36.1, HighestUserDefinablePriority. */
const MOST = 1_000_000_000;
const SYSTEM: ReadonlyMap<string, number> = new Map([
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
]);
const FIELDS = table({ preemptionPolicy: ['PreemptLowerPriority', 'Never'] });

/** Priorities of users stay below those of the system. */
export const priorityClass: Rule<PriorityClass> = {
  id: 'priority-class',
  class: 'apiserver',
  kinds: ['scheduling.k8s.io/v1/PriorityClass'],
  check(object, tell) {
    checkTable(FIELDS, object, [], tell);
    const { metadata: { name = '' } = {}, value } = object;
    if (name.startsWith('system-')) {
      if (SYSTEM.get(name) !== value) tell(['metadata', 'name'], 'names with "system-" are reserved');
    } else if (value > MOST) tell(['value'], `must be at most ${MOST}`);
  },
};
