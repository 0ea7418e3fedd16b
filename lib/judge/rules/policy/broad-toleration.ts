import { items } from '../path';
import { podRule } from '../pods';

const RULE = podRule('broad-toleration', (pod, at, tell) => {
  for (const [{ key = '', operator }, pointer] of items(pod.tolerations, [...at, 'tolerations'])) {
    if (key === '' && operator === 'Exists')
      tell(pointer, 'tolerates every taint, those of other teams’ nodes included');
  }
});

/** A toleration of everything defeats all taints; only agents of nodes need it. */
export const broadToleration = {
  ...RULE,
  class: 'policy' as const,
  kinds: RULE.kinds?.filter((kind) => kind !== 'apps/v1/DaemonSet') ?? [],
};
