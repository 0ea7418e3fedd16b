import type { Issue, Pointer } from '../issue';
import type { Document } from '../load/yaml';
import { reporter } from './reporter';

/** What to do about a secret in a file. */
export const SECRET_HINT = 'secrets do not belong in Git; keep the value in the secret store of the cluster';

const SECRET_NAME = /pass(word|wd|phrase)|secret|token|api-?_?key|(private|access)-?_?key|credential/i;

// Each pattern starts with fixed text, so that matching stays linear on hostile input.
const SECRET_VALUES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY/, 'a private key'],
  [/:\/\/[^\s/:@]+:[^\s/@]+@/, 'an address with a password'],
  [/\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{22}/, 'a GitHub token'],
  [/\bhf_[A-Za-z0-9]{34}/, 'a Hugging Face token'],
];

/** Whether a field of this name would hold a secret. */
export function looksSecret(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Reports every string value that looks like a secret; the value itself is not shown. */
export function checkSecrets(document: Document): Issue[] {
  const issues: Issue[] = [];
  const report = reporter(document, issues);
  walk(document.value, [], (text, pointer) => {
    for (const [pattern, name] of SECRET_VALUES) {
      if (pattern.test(text)) report(pointer, 'secret-value', `looks like ${name}`, SECRET_HINT);
    }
  });
  return issues;
}

function walk(value: unknown, pointer: Pointer, visit: (text: string, pointer: Pointer) => void): void {
  if (typeof value === 'string') visit(value, pointer);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, [...pointer, index], visit);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) walk(item, [...pointer, key], visit);
  }
}
