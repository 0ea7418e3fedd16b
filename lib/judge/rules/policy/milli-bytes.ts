import { ONE, parseQuantity } from '../../quantity';
import { entries, parsePath, valueAt } from '../path';
import { containersOf, podRule } from '../pods';

const RULE = podRule('milli-bytes', (pod, at, tell) => {
  for (const [container, where] of containersOf(pod, at)) {
    for (const part of ['limits', 'requests']) {
      const path = parsePath(`resources.${part}`);
      const amounts = valueAt(container, path) as Readonly<Record<string, string>> | undefined;
      for (const [name, amount, pointer] of entries(amounts, [...where, ...path])) {
        const bytes = name === 'memory' || name === 'ephemeral-storage';
        if (bytes && (parseQuantity(amount) ?? 0n) % ONE !== 0n)
          tell(pointer, `"${amount}" is a fraction of a byte`);
      }
    }
  }
});

/** `memory: 500m` is half a byte: 500Mi was meant. */
export const milliBytes = { ...RULE, class: 'policy' as const };
