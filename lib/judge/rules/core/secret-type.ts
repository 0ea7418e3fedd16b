import type { Rule } from '../rule';

interface Secret {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

/** Keys that a Secret of a type must have: all of them, or with `any` one of them (core/validation v1.36.1). */
const KEYS: ReadonlyMap<string, { readonly keys: readonly string[]; readonly any?: true }> = new Map([
  ['kubernetes.io/tls', { keys: ['tls.crt', 'tls.key'] }],
  ['kubernetes.io/dockercfg', { keys: ['.dockercfg'] }],
  ['kubernetes.io/dockerconfigjson', { keys: ['.dockerconfigjson'] }],
  ['kubernetes.io/basic-auth', { keys: ['username', 'password'], any: true }],
  ['kubernetes.io/ssh-auth', { keys: ['ssh-privatekey'] }],
]);
const JSON_TYPES = ['kubernetes.io/dockercfg', 'kubernetes.io/dockerconfigjson'];
const ACCOUNT = 'kubernetes.io/service-account.name';

/** A Secret has what its type promises. */
export const secretType: Rule<Secret> = {
  id: 'secret-type',
  class: 'apiserver',
  kinds: ['v1/Secret'],
  check(secret, tell) {
    const { type = 'Opaque', metadata = {} } = secret;
    const { keys = [], any } = KEYS.get(type) ?? {};
    const missing = keys.filter((key) => textOf(secret, key) === undefined);
    const short = any ? missing.length === keys.length : missing.length > 0;
    if (short && missing.length > 0)
      tell(['data'], `type ${type} needs ${missing.join(any ? ' or ' : ' and ')}`);
    else if (JSON_TYPES.includes(type) && !isJson(textOf(secret, keys[0] ?? '') ?? '')) {
      tell(['data', keys[0] ?? ''], 'must hold JSON');
    }
    if (type === 'kubernetes.io/service-account-token' && !metadata.annotations?.[ACCOUNT]) {
      tell(['metadata', 'annotations'], `type ${type} needs the annotation ${ACCOUNT}`);
    }
  },
};

function textOf({ data = {}, stringData = {} }: Secret, key: string): string | undefined {
  const encoded = data[key];
  return stringData[key] ?? (encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString());
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
