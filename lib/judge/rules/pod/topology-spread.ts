import { isQualifiedName } from '../../names';
import { items } from '../path';
import { podRule } from '../pods';
import { checkSelector } from '../selectors';

/** How pods spread over nodes. */
export const topologySpread = podRule('topology-spread', (pod, at, tell) => {
  const seen = new Set<string>();
  for (const [constraint, pointer] of items(pod.topologySpreadConstraints, [
    ...at,
    'topologySpreadConstraints',
  ])) {
    const { maxSkew, topologyKey, whenUnsatisfiable, labelSelector, minDomains } = constraint;
    if (maxSkew <= 0) tell([...pointer, 'maxSkew'], 'must be more than 0');
    const problem = isQualifiedName(topologyKey);
    if (problem !== undefined) tell([...pointer, 'topologyKey'], problem);
    if (whenUnsatisfiable !== 'DoNotSchedule' && whenUnsatisfiable !== 'ScheduleAnyway') {
      tell([...pointer, 'whenUnsatisfiable'], 'must be DoNotSchedule or ScheduleAnyway');
    }
    if (minDomains !== undefined && (minDomains <= 0 || whenUnsatisfiable !== 'DoNotSchedule')) {
      tell([...pointer, 'minDomains'], 'must be more than 0, with DoNotSchedule');
    }
    const key = `${topologyKey} ${whenUnsatisfiable}`;
    if (seen.has(key)) tell(pointer, `repeats ${key}`);
    seen.add(key);
    checkSelector(labelSelector, [...pointer, 'labelSelector'], tell);
  }
});
