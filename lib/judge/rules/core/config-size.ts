import type { Rule } from '../rule';

type Config = Readonly<
  Record<'data' | 'binaryData' | 'stringData', Readonly<Record<string, string>> | undefined>
>;

/** k8s.io/kubernetes v1.36.1, MaxSecretSize, for ConfigMaps too. */
const MOST_BYTES = 1024 * 1024;

/** A ConfigMap or Secret holds no more than a mebibyte. */
export const configSize: Rule<Config> = {
  id: 'config-size',
  class: 'apiserver',
  kinds: ['v1/ConfigMap', 'v1/Secret'],
  check(object, tell) {
    const isSecret = Reflect.get(object, 'kind') === 'Secret';
    const bytes =
      total(object.data, isSecret ? base64Bytes : Buffer.byteLength) +
      total(object.binaryData, base64Bytes) +
      total(object.stringData, Buffer.byteLength);
    if (bytes > MOST_BYTES) tell(['data'], `must have at most ${MOST_BYTES} bytes, has ${bytes}`);
  },
};

function total(map: Readonly<Record<string, string>> | undefined, size: (text: string) => number): number {
  return Object.values(map ?? {}).reduce((sum, text) => sum + size(text), 0);
}

function base64Bytes(text: string): number {
  return Buffer.byteLength(text, 'base64');
}
