import { canonical } from '../../duplicates';
import type { Rule } from '../rule';

type Config = Readonly<Record<'data' | 'binaryData' | 'immutable', unknown>>;

/** A ConfigMap or Secret that was declared immutable stays as it is. */
export const immutableConfig: Rule<Config> = {
  id: 'immutable-config',
  class: 'apiserver',
  kinds: ['v1/ConfigMap', 'v1/Secret'],
  check(object, tell, { old }) {
    const before = (old ?? {}) as Config;
    if (before.immutable !== true) return;
    if (object.immutable !== true) tell(['immutable'], 'cannot be taken back');
    for (const field of ['data', 'binaryData'] as const) {
      if (canonical({ map: before[field] ?? {} }) !== canonical({ map: object[field] ?? {} })) {
        tell([field], 'cannot be changed: the object is immutable');
      }
    }
  },
};
