import { fail, type Library } from './library';

/** Kubernetes' URL library (k8s.io/apiserver/pkg/cel/library/urls.go, v0.36): absolute URIs and absolute paths. */
export const urls: Library = (environment) => {
  environment
    .registerType('kubernetes.URL', URL)
    .registerFunction(
      'url(string): kubernetes.URL',
      (text: string) => parse(text) ?? fail(`"${text}" is no URL`),
    )
    .registerFunction('isURL(string): bool', (text: string) => parse(text) !== undefined);
  const get = (name: string, read: (url: URL) => string) =>
    environment.registerFunction(`kubernetes.URL.${name}(): string`, read);
  get('getScheme', ({ protocol }) => (protocol === RELATIVE.protocol ? '' : protocol.slice(0, -1)));
  get('getHost', ({ host, protocol }) => (protocol === RELATIVE.protocol ? '' : host));
  get('getHostname', ({ hostname }) => hostname);
  get('getPort', ({ port }) => port);
  get('getEscapedPath', ({ pathname }) => pathname);
};

/** Stands for the host that a path alone does not have. */
const RELATIVE = new URL('path://');

function parse(text: string): URL | undefined {
  if (/[\s\u007f]/.test(text)) return undefined;
  const absolute = /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text);
  if (!absolute && !text.startsWith('/')) return undefined;
  return URL.parse?.(absolute ? text : `${RELATIVE}${text}`) ?? undefined;
}
