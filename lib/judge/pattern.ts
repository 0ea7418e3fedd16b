import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS>();

/**
 * Whether a text matches a pattern of a schema or of a CEL rule somewhere, as Go's RE2 does: in linear time, with its
 * syntax (`(?i)`). Throws an Error on a bad pattern.
 */
export function matches(pattern: string, text: string): boolean {
  return re2(pattern).test(text);
}

/** The first part of a text that matches a pattern, or an empty text. */
export function find(pattern: string, text: string): string {
  const matcher = re2(pattern).matcher(text);
  return matcher.find() ? (matcher.group() ?? '') : '';
}

/** Every part of a text that matches a pattern, from left to right. */
export function findAll(pattern: string, text: string): string[] {
  const matcher = re2(pattern).matcher(text);
  const found: string[] = [];
  while (matcher.find()) found.push(matcher.group() ?? '');
  return found;
}

function re2(pattern: string): RE2JS {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    expression = RE2JS.compile(pattern);
    compiled.set(pattern, expression);
  }
  return expression;
}
