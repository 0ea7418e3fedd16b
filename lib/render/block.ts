import { dump } from 'js-yaml';
import type { Canonical } from './canonical';
import { inlineText, isSafeBlock } from './scalar';

/**
 * A value in YAML's block style: the bytes that js-yaml writes (a test compares), in a third of its time, because
 * js-yaml tries five styles on every scalar.
 */
export function blockText(value: Canonical): string {
  if (isEmpty(value) || isScalar(value)) return `${inline(value)}\n`;
  return collection(value, '');
}

type Scalar = string | number | boolean;
type Collection = Exclude<Canonical, Scalar>;

function collection(value: Collection, indent: string): string {
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${indent}-${after(item, indent, true)}`;
  } else {
    for (const [key, item] of value) text += `${indent}${inlineText(key)}:${after(item, indent, false)}`;
  }
  return text;
}

/** What follows `key:` or `-`. A collection in a list starts on the line of its dash. */
function after(value: Canonical, indent: string, inList: boolean): string {
  const inner = `${indent}  `;
  if (typeof value === 'string' && isSafeBlock(value)) return ` ${literal(value, inner)}`;
  if (isScalar(value) || isEmpty(value)) return ` ${inline(value)}\n`;
  return inList ? ` ${collection(value, inner).slice(inner.length)}` : `\n${collection(value, inner)}`;
}

function literal(text: string, indent: string): string {
  const ended = text.endsWith('\n');
  const lines = (ended ? text.slice(0, -1) : text).split('\n');
  return `${ended ? '|' : '|-'}\n${lines.map((line) => (line === '' ? '\n' : `${indent}${line}\n`)).join('')}`;
}

function inline(value: Canonical): string {
  if (typeof value === 'string') return inlineText(value);
  if (typeof value === 'object') return Array.isArray(value) ? '[]' : '{}';
  const text = String(value);
  // 1e-7 is a string to readers of YAML 1.1; js-yaml knows how they want it.
  return text.includes('e') && typeof value === 'number' ? dump(value).slice(0, -1) : text;
}

function isScalar(value: Canonical): value is Scalar {
  return typeof value !== 'object';
}

function isEmpty(value: Canonical): boolean {
  return typeof value === 'object' && (Array.isArray(value) ? value.length : value.size) === 0;
}
