import { isConfigKey } from '../../names';
import { entries } from '../path';
import type { Rule } from '../rule';

type Config = Readonly<
  Record<'data' | 'binaryData' | 'stringData', Readonly<Record<string, string>> | undefined>
>;

/** A key of a ConfigMap or Secret is the name of a file. */
export const configKeys: Rule<Config> = {
  id: 'config-keys',
  class: 'apiserver',
  kinds: ['v1/ConfigMap', 'v1/Secret'],
  check(object, tell) {
    for (const field of ['data', 'binaryData', 'stringData'] as const) {
      for (const [key, , pointer] of entries(object[field], [field])) {
        const problem = isConfigKey(key);
        if (problem !== undefined) tell(pointer, `key ${problem}`);
      }
    }
    for (const key of Object.keys(object.binaryData ?? {})) {
      if (Object.hasOwn(object.data ?? {}, key)) tell(['binaryData', key], 'stands in data too');
    }
  },
};
