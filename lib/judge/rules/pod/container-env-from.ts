import { isEnvName } from '../../names';
import { items } from '../path';
import { containersOf, podRule } from '../pods';
import { optional } from '../tables';

/** A set of environment variables comes from one ConfigMap or Secret. */
export const containerEnvFrom = podRule('container-env-from', (pod, at, tell) => {
  for (const [container, where] of containersOf(pod, at)) {
    for (const [{ prefix = '', configMapRef, secretRef }, pointer] of items(container.envFrom, [
      ...where,
      'envFrom',
    ])) {
      const problem = optional(isEnvName)(prefix);
      if (problem !== undefined) tell([...pointer, 'prefix'], problem);
      if ((configMapRef === undefined) === (secretRef === undefined)) {
        tell(pointer, 'must have either configMapRef or secretRef');
      }
      const name = (configMapRef ?? secretRef)?.name ?? '';
      if ((configMapRef ?? secretRef) !== undefined && name === '')
        tell(pointer, 'lacks the name of the object');
    }
  }
});
