import { parseEvents } from 'js-yaml';
import type { Issue } from '../../issue';
import { locator } from '../lines';
import { syntaxIssue } from '../syntax';
import { composeKubernetes } from './compose';
import { decodeIssue } from './decode-issue';
import { type KubernetesDocument, MAX_DEPTH, type Part, places, shift } from './document';
import { NotJson } from './scalar';

/** Cuts a file at its `---` lines, as kubectl does, so that one broken document leaves the others whole. */
export function* yamlParts(file: string, text: string): Generator<Part> {
  let start = 0;
  let line = 0;
  for (const match of text.matchAll(/^---(?=\s|$)/gm)) {
    if (match.index === 0) continue;
    const part = text.slice(start, match.index);
    yield { file, text: part, line };
    line += part.split('\n').length - 1;
    start = match.index;
  }
  yield { file, text: text.slice(start), line };
}

/** Reads one document; undefined where there is none, as between two `---` lines. */
export function readYaml(part: Part): KubernetesDocument | undefined {
  if (/^(---)?\s*$/.test(part.text)) return undefined;
  const locate = locator(part.file, part.text);
  try {
    const events = parseEvents(part.text, { maxDepth: MAX_DEPTH });
    const { value, faults } = composeKubernetes(part.text, events);
    // Only comments, or a null that is not written.
    if (value === null && events.length <= 3) return undefined;
    const issues = faults.map(({ offset, message }) => decodeIssue(message, shift(part, locate(offset))));
    return { value, issues, at: places(part, events) };
  } catch (error) {
    return { issues: [brokenIssue(error, part)], at: () => shift(part, locate(0)) };
  }
}

function brokenIssue(error: unknown, part: Part): Issue {
  const locate = (offset: number) => shift(part, locator(part.file, part.text)(offset));
  if (error instanceof NotJson) return decodeIssue(error.message, locate(0));
  const { message, source = locate(0), hint } = syntaxIssue(error, part.text, locate);
  return { ...decodeIssue(message, source), ...(hint === undefined ? {} : { hint }) };
}
