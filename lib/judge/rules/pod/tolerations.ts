import type { Toleration } from '../../../../imports/core';
import type { Pointer } from '../../../issue';
import { isLabelValue, isQualifiedName } from '../../names';
import { items } from '../path';
import { podRule } from '../pods';
import type { Tell } from '../rule';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** A toleration names a taint in a form that can match one. */
export const tolerations = podRule('tolerations', (pod, at, tell) => {
  for (const [toleration, pointer] of items(pod.tolerations, [...at, 'tolerations'])) {
    checkToleration(toleration, pointer, tell);
  }
});

function checkToleration(toleration: Toleration, at: Pointer, tell: Tell): void {
  const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = toleration;
  const problem = key === '' ? undefined : isQualifiedName(key);
  if (problem !== undefined) tell([...at, 'key'], problem);
  if (key === '' && operator !== 'Exists') tell([...at, 'operator'], 'must be Exists when key is empty');
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    tell([...at, 'effect'], 'must be NoExecute when tolerationSeconds is set');
  }
  if (operator === 'Exists') {
    if (value !== '') tell([...at, 'value'], 'must be empty when operator is Exists');
  } else if (operator === 'Equal' || operator === '') {
    const wrong = isLabelValue(value);
    if (wrong !== undefined) tell([...at, 'value'], wrong);
  } else tell([...at, 'operator'], 'must be Equal or Exists');
  if (effect !== '' && !EFFECTS.includes(effect))
    tell([...at, 'effect'], `must be one of ${EFFECTS.join(', ')}`);
}
