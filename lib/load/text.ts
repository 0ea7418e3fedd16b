import type { Issue } from '../issue';
import { locator } from './lines';
import { wholeFile } from './whole-file';

/** The most bytes that an input file may have; a real tenant file has about a thousand. */
export const MAX_BYTES = 256 * 1024;

/** Characters that make text look other than it is, or that YAML and Go readers disagree about. */
const HIDDEN = /[\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\ufeff]|(?![\t\n\r])\p{Cc}/gu;

/** What a file holds. When not `clean`, hidden characters were masked and the text cannot be trusted. */
export interface Text {
  readonly text: string;
  readonly clean: boolean;
  readonly issues: readonly Issue[];
}

/** Reads bytes as UTF-8 text without hidden characters; these are masked, so that reading can go on. */
export function decode(file: string, bytes: Uint8Array): Text {
  if (bytes.length > MAX_BYTES) return { text: '', clean: false, issues: [tooBig(file, bytes.length)] };
  try {
    return mask(file, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return { text: '', clean: false, issues: [notUtf8(file, bytes)] };
  }
}

/** The issue for a file of too many bytes. */
export function tooBig(file: string, size: number): Issue {
  const message = `file has ${size} bytes, at most ${MAX_BYTES} are read`;
  return wholeFile(file, 'file-too-big', message, 'split it, or move data out of it');
}

/** Every kind of hidden character in a text, with the offset of its first place. */
export function findHidden(text: string): Map<string, number> {
  const first = new Map<string, number>();
  for (const match of text.matchAll(HIDDEN)) if (!first.has(match[0])) first.set(match[0], match.index);
  return first;
}

/** Names a hidden character, such as `control character U+0085`. */
export function nameHidden(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  if (/\p{Bidi_Control}/u.test(character)) return `bidirectional control character U+${code}`;
  return `${/\p{Cc}/u.test(character) ? 'control' : 'invisible'} character U+${code}`;
}

/** Shows hidden characters as escapes, so that no input can drive a terminal. */
export function showHidden(text: string): string {
  return text.replace(HIDDEN, (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);
}

function mask(file: string, raw: string): Text {
  const marked = raw.startsWith('\ufeff');
  const text = marked ? raw.slice(1) : raw;
  const issues: Issue[] = [];
  if (marked) {
    const message = 'file starts with a byte-order mark';
    issues.push(wholeFile(file, 'byte-order-mark', message, 'save it as "UTF-8 without BOM"'));
  }
  const hidden = findHidden(text);
  const locate = locator(file, text);
  for (const [character, offset] of hidden) {
    issues.push({
      level: 'error',
      rule: 'hidden-character',
      message: `${nameHidden(character)} is not allowed`,
      source: locate(offset),
      hint: 'delete it; retype the line when it cannot be seen',
    });
  }
  const clean = hidden.size === 0;
  return {
    text: clean ? text : text.replace(HIDDEN, (found) => '\ufffd'.repeat(found.length)),
    clean,
    issues,
  };
}

function notUtf8(file: string, bytes: Uint8Array): Issue {
  const readBack = Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const wrong = bytes.findIndex((byte, index) => byte !== readBack[index]);
  const before = new TextDecoder().decode(bytes.subarray(0, Math.max(wrong, 0))).replace(/\ufffd$/, '');
  const source = locator(file, before)(before.length);
  return { level: 'error', rule: 'not-utf8', message: 'file is not UTF-8', source, hint: 'save it as UTF-8' };
}
