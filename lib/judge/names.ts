/** What is wrong with a text, or undefined. */
export type Problem = (text: string) => string | undefined;

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const KEY_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

// Formats of k8s.io/apimachinery v0.36.1, pkg/api/validate/content and pkg/util/validation. Lengths are bytes there;
// each of these patterns allows ASCII only, so characters are the same.

/** A label of DNS (RFC 1123): names of namespaces, containers, volumes. */
export const isDns1123Label = shaped(
  LABEL,
  63,
  'must be lower-case letters, digits and "-", as in "my-name"',
);

/** A label of DNS that starts with a letter (RFC 1035): names of services that others refer to. */
export const isDns1035Label = shaped(
  LABEL_1035,
  63,
  'must be lower-case letters, digits and "-", starting with a letter, as in "my-name"',
);

/** A domain name of DNS: names of most objects. */
export const isDns1123Subdomain = shaped(
  SUBDOMAIN,
  253,
  'must be lower-case letters, digits, "-" and ".", as in "my.name"',
);

/** The value of a label. */
export const isLabelValue = shaped(
  LABEL_VALUE,
  63,
  'must be letters, digits, "-", "_" and ".", starting and ending with a letter or digit, or be empty',
);

const isKeyName = shaped(
  KEY_NAME,
  63,
  'must be letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
);

/** A key of a label or an annotation, with or without a domain in front: `example.com/my-name`. */
export const isQualifiedName: Problem = (text) => {
  const [first = '', second, ...rest] = text.split('/');
  if (rest.length > 0) return 'must be a name with at most one prefix and "/", as in "example.com/name"';
  if (second === undefined) return isKeyName(first);
  if (first === '') return 'has an empty prefix before "/"';
  const prefix = isDns1123Subdomain(first);
  return prefix === undefined ? isKeyName(second) : `prefix ${prefix}`;
};

/** Part of a path: names of roles and bindings. */
export const isPathSegment: Problem = (text) => {
  if (text === '.' || text === '..') return `must not be "${text}"`;
  const wrong = ['/', '%'].find((character) => text.includes(character));
  return wrong === undefined ? undefined : `must not contain "${wrong}"`;
};

/** A domain name that may start with `*.`: hosts of Ingresses. */
export const isWildcardSubdomain: Problem = (text) =>
  text.length <= 253 && text.startsWith('*.') && SUBDOMAIN.test(text.slice(2))
    ? undefined
    : 'must be "*." and a domain name, as in "*.example.com"';

/** The name of a port: an IANA service name. */
export const isPortName: Problem = (text) => {
  if (text.length > 15) return 'must have at most 15 characters';
  if (!/^[-a-z0-9]+$/.test(text)) return 'must be lower-case letters, digits and "-"';
  if (!/[a-z]/.test(text)) return 'must have at least one letter';
  if (text.includes('--')) return 'must not contain "--"';
  return text.startsWith('-') || text.endsWith('-') ? 'must not start or end with "-"' : undefined;
};

/** A key of a ConfigMap or a Secret: the name of a file. */
export const isConfigKey: Problem = (text) => {
  if (text.length > 253) return 'must have at most 253 characters';
  if (!/^[-._a-zA-Z0-9]+$/.test(text)) return 'must be letters, digits, "-", "_" and "."';
  return dots(text);
};

/** The name of an environment variable: printable ASCII without "=" (since Kubernetes 1.34). */
export const isEnvName: Problem = (text) =>
  /^[ -<>-~]+$/.test(text) ? undefined : 'must be printable ASCII without "="';

/** A whole number of at most five digits, as ports are. */
export const isPort = (port: number): string | undefined =>
  port >= 1 && port <= 65535 ? undefined : 'must be from 1 to 65535';

function dots(text: string): string | undefined {
  if (text === '.' || text === '..') return `must not be "${text}"`;
  return text.startsWith('..') ? 'must not start with ".."' : undefined;
}

function shaped(pattern: RegExp, most: number, message: string): Problem {
  return (text) => {
    if (text.length > most) return `must have at most ${most} characters`;
    return pattern.test(text) ? undefined : message;
  };
}
