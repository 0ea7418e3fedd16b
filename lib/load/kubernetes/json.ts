import { parseEvents } from 'js-yaml';
import type { Source } from '../../issue';
import { locator } from '../lines';
import { composeKubernetes } from './compose';
import { decodeIssue } from './decode-issue';
import { type KubernetesDocument, MAX_DEPTH, type Part, places, shift } from './document';

/** The lines of a file with one JSON object each. */
export function* jsonLines(file: string, text: string): Generator<Part> {
  let line = 0;
  for (const content of text.split('\n')) {
    if (content.trim() !== '') yield { file, text: content, line };
    line++;
  }
}

/** Reads one JSON value. */
export function readJson(part: Part): KubernetesDocument {
  const at = places(part);
  try {
    const value: unknown = JSON.parse(part.text);
    const whole = countKeys(value) === countWrittenKeys(part.text);
    return { value, issues: whole ? [] : duplicates(part), at };
  } catch (error) {
    const { message } = error as SyntaxError;
    const source = shift(part, locator(part.file, part.text)(offsetIn(message, part.text)));
    return { issues: [decodeIssue(`not JSON: ${message}`, source)], at: (): Source => source };
  }
}

/** V8 names the offset in some messages only. */
function offsetIn(message: string, text: string): number {
  if (message.includes('end of JSON')) return Math.max(text.trimEnd().length - 1, 0);
  return Number(/at position (\d+)/.exec(message)?.[1] ?? 0);
}

/** JSON.parse hides duplicate keys: they are found by counting, and then looked for. */
function countWrittenKeys(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) if (colon !== undefined) count++;
  return count;
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countKeys(item), 0);
  let count = 0;
  for (const inner of Object.values(value)) count += 1 + countKeys(inner);
  return count;
}

function duplicates(part: Part): KubernetesDocument['issues'] {
  const locate = locator(part.file, part.text);
  const { faults } = composeKubernetes(part.text, parseEvents(part.text, { maxDepth: MAX_DEPTH }));
  return faults.map(({ offset, message }) => decodeIssue(message, shift(part, locate(offset))));
}
