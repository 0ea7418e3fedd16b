import { getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

const TRUE: ReadonlySet<string> = new Set('y Y yes Yes YES true True TRUE on On ON'.split(' '));
const FALSE: ReadonlySet<string> = new Set('n N no No NO false False FALSE off Off OFF'.split(' '));
const NULL: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);

const INTEGER = /^[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const DECIMAL = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const NOT_FINITE = /^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/;

/** A scalar that JSON cannot hold, so that Kubernetes refuses the document. */
export class NotJson extends Error {}

/**
 * The value of a scalar as Kubernetes' decoder reads it: YAML 1.1 in the dialect of go.yaml.in/yaml/v2, which
 * sigs.k8s.io/yaml turns into JSON. `no` is false, `0120` is 80, `12:30` and dates are text.
 */
export function kubernetesScalar(text: string, event: ScalarEvent): string | number | boolean | null {
  const source = event.valueStart < 0 ? '' : getScalarValue(text, event);
  const tag = event.tagStart < 0 ? '' : text.slice(event.tagStart, event.tagEnd);
  if (tag === '!!binary') return Buffer.from(source, 'base64').toString();
  const plain = tag === '' ? event.style === SCALAR_STYLE.PLAIN : /^!!(int|float|bool|null)$/.test(tag);
  return plain ? resolve(source) : source;
}

function resolve(source: string): string | number | boolean | null {
  if (NULL.has(source)) return null;
  if (TRUE.has(source)) return true;
  if (FALSE.has(source)) return false;
  // Most scalars are words: only these can start a number.
  if (!/^[-+.0-9]/.test(source)) return source;
  if (NOT_FINITE.test(source)) throw new NotJson(`${source} is no JSON number`);
  const digits = source.replaceAll('_', '');
  if (INTEGER.test(digits)) return integer(digits);
  // An underscore is allowed in whole numbers only.
  if (!DECIMAL.test(source)) return source;
  const number = Number(source);
  return Number.isFinite(number) ? number + 0 : source;
}

/** As Go's strconv.ParseInt with base 0: a leading zero means octal. */
function integer(digits: string): number {
  const sign = digits.startsWith('-') ? -1 : 1;
  const bare = digits.replace(/^[-+]/, '');
  const octal = /^0[oO]?([0-7]+)$/.exec(bare);
  const value = octal === null ? Number(bare) : Number.parseInt(octal[1] ?? '', 8);
  return sign * value + 0;
}
