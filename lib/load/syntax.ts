import { YAMLException } from 'js-yaml';
import type { Issue, Source } from '../issue';

type Sentence = readonly [reason: RegExp, rule: string, message: string, hint: string];

const UNEXPECTED = /ndentation of|^end of the/;

/** js-yaml 5.5 reasons in our own words; the first that matches wins. */
const SENTENCES: readonly Sentence[] = [
  [/^nesting/, 'too-deep', 'nested too deep', 'at most 64 levels are read'],
  [/^tab /, 'tab-indent', 'tab in the indentation', 'indent with spaces, two for each level'],
  [/quoted scalar$/, 'yaml-syntax', 'quoted text has no end', 'add the closing quote'],
  [/within a flow/, 'yaml-syntax', '"[" or "{" is not closed', 'add the closing bracket'],
  [/^missed comma/, 'yaml-syntax', 'expected "," or the closing bracket', 'separate entries with ","'],
  [/found ','/, 'yaml-syntax', '"," without an entry before it', 'remove the comma'],
  [/^a whitespace/, 'yaml-syntax', 'expected a space after ":"', 'write key: value'],
  [/multiline key|^expected ':'/, 'yaml-syntax', 'expected "key: value"', 'put ": " after the key'],
  [
    /^deficient/,
    'yaml-syntax',
    'quote or bracket goes on without indentation',
    'close it, or indent its next lines',
  ],
  [UNEXPECTED, 'yaml-syntax', 'unexpected content', 'align it, or quote text with ": "'],
  [/escape|hexadecimal/, 'yaml-syntax', 'unknown escape in double quotes', 'use single quotes'],
  [/width|chomping|line break/, 'yaml-syntax', 'bad block text', 'write | or >, the text in the next lines'],
  [/directive|%/i, 'yaml-directive', 'directives are not allowed', 'remove the line that starts with %'],
  [/\btag\b/, 'yaml-tag', 'tags are not allowed', 'remove the tag, or quote text that starts with "!"'],
  [/anchor|alias/, 'yaml-alias', 'anchors and aliases are not allowed', 'write the value out'],
];

/** Turns what the parser threw into an issue; the place is never behind the last visible character. */
export function syntaxIssue(error: unknown, text: string, locate: (offset: number) => Source): Issue {
  const reason = error instanceof YAMLException ? error.reason : 'the parser gave up';
  const position = error instanceof YAMLException ? (error.mark?.position ?? 0) : 0;
  const offset = Math.min(position, Math.max(text.trimEnd().length - 1, 0));
  const tab = tabBefore(text, offset);
  if (tab >= 0) return toIssue('tab characters', locate(tab));
  const first = text.charAt(offset);
  if (UNEXPECTED.test(reason) && /[@`%]/.test(first)) {
    const message = `plain text cannot start with "${first}"`;
    return { level: 'error', rule: 'yaml-syntax', message, source: locate(offset), hint: 'quote it' };
  }
  return toIssue(reason, locate(offset));
}

function toIssue(reason: string, source: Source): Issue {
  const found = SENTENCES.find(([pattern]) => pattern.test(reason));
  if (!found) return { level: 'error', rule: 'yaml-syntax', message: `not YAML: ${reason}`, source };
  const [, rule, message, hint] = found;
  return { level: 'error', rule, message, source, hint };
}

/** Offset of a tab in the indentation of the line, or -1. */
function tabBefore(text: string, offset: number): number {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const indent = /^ *\t/.exec(text.slice(start));
  return indent ? start + indent[0].length - 1 : -1;
}
