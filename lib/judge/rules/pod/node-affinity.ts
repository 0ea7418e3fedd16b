import type { Pointer } from '../../../issue';
import { isLabelValue, isQualifiedName } from '../../names';
import { items, parsePath, valueAt, visitPath } from '../path';
import { podRule } from '../pods';
import type { Tell } from '../rule';

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

const AFFINITY = ['affinity', 'nodeAffinity'];
const REQUIRED = [...AFFINITY, 'requiredDuringSchedulingIgnoredDuringExecution'];
const PREFERRED = [...AFFINITY, 'preferredDuringSchedulingIgnoredDuringExecution'];
const REQUIREMENTS = [
  [...REQUIRED, ...parsePath('nodeSelectorTerms[].matchExpressions[]')],
  [...PREFERRED, ...parsePath('[].preference.matchExpressions[]')],
];

/** Requirements on nodes that a node can meet. */
export const nodeAffinity = podRule('node-affinity', (pod, at, tell) => {
  const terms = valueAt(pod, [...REQUIRED, 'nodeSelectorTerms']);
  if (Array.isArray(terms) && terms.length === 0) {
    tell([...at, ...REQUIRED, 'nodeSelectorTerms'], 'must have at least one term');
  }
  visitPath(pod, [...PREFERRED, '[]', 'weight'], checkWeight(tell), at);
  for (const path of REQUIREMENTS) {
    visitPath(pod, path, (value, pointer) => checkRequirement(value as Requirement, pointer, tell), at);
  }
});

/** Tells of a weight that a preference cannot have. */
export function checkWeight(tell: Tell): (weight: unknown, pointer: Pointer) => void {
  return (weight, pointer) => {
    if (Number(weight) < 1 || Number(weight) > 100) tell(pointer, 'must be from 1 to 100');
  };
}

function checkRequirement({ key, operator, values = [] }: Requirement, at: Pointer, tell: Tell): void {
  const problem = isQualifiedName(key);
  if (problem !== undefined) tell([...at, 'key'], problem);
  const wrong = countProblem(operator, values.length);
  if (wrong !== undefined) tell([...at, 'operator'], wrong);
  for (const [value, pointer] of items(values, [...at, 'values'])) {
    const label = isLabelValue(value);
    if (label !== undefined) tell(pointer, label);
  }
}

function countProblem(operator: string, count: number): string | undefined {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return count > 0 ? undefined : `${operator} needs values`;
    case 'Exists':
    case 'DoesNotExist':
      return count === 0 ? undefined : `${operator} takes no values`;
    case 'Gt':
    case 'Lt':
      return count === 1 ? undefined : `${operator} needs one value`;
    default:
      return 'must be one of In, NotIn, Exists, DoesNotExist, Gt, Lt';
  }
}
