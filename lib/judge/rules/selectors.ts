import type { LabelSelector } from '../../../imports/core';
import type { Pointer } from '../../issue';
import { isLabelValue, isQualifiedName } from '../names';
import { checkLabels } from './meta/labels';
import { items } from './path';
import type { Tell } from './rule';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** Tells what is wrong with a selector of labels. */
export function checkSelector(selector: LabelSelector | undefined, at: Pointer, tell: Tell): void {
  if (selector === undefined) return;
  checkLabels(selector.matchLabels, [...at, 'matchLabels'], tell);
  for (const [{ key, operator, values = [] }, pointer] of items(selector.matchExpressions, [
    ...at,
    'matchExpressions',
  ])) {
    const problem = isQualifiedName(key);
    if (problem !== undefined) tell([...pointer, 'key'], problem);
    checkOperator(operator, values, pointer, tell);
    for (const [value, where] of items(values, [...pointer, 'values'])) {
      const wrong = isLabelValue(value);
      if (wrong !== undefined) tell(where, wrong);
    }
  }
}

function checkOperator(operator: string, values: readonly string[], at: Pointer, tell: Tell): void {
  if (!OPERATORS.includes(operator)) tell([...at, 'operator'], `must be one of ${OPERATORS.join(', ')}`);
  else if (operator.endsWith('In') && values.length === 0)
    tell([...at, 'values'], `${operator} needs values`);
  else if (operator.endsWith('Exists') || operator === 'DoesNotExist') {
    if (values.length > 0) tell([...at, 'values'], `${operator} takes no values`);
  }
}

/** Whether labels are what a selector of the right form selects. */
export function selects(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      const listed = value !== undefined && values.includes(value);
      return operator === 'In' ? listed : !listed;
    })
  );
}
