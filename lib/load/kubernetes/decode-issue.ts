import type { Issue, Source } from '../../issue';

/** The API server cannot decode a document, or not strictly. */
export function decodeIssue(message: string, source: Source): Issue {
  return { level: 'error', class: 'apiserver', rule: 'decode', message, source };
}
