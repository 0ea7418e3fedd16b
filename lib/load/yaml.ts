import { type Event, parseEvents } from 'js-yaml';
import type { Issue, Pointer, Source } from '../issue';
import { compose, type Node } from './compose';
import { locator } from './lines';
import { syntaxIssue } from './syntax';
import { decode } from './text';
import { tellMost } from './whole-file';

/** A file that was read: its value, made of objects without prototype, and where each part stands. */
export interface Document {
  readonly file: string;
  readonly value: unknown;
  /** Where the value at the pointer starts; for a part that is not there, its nearest parent. */
  at(pointer: Pointer): Source;
  /** Where the key of the pointer's last segment starts; the value, when it has no key. */
  keyAt(pointer: Pointer): Source;
  /** A scalar as it is written, such as `0042`; empty when nothing is written. */
  written(pointer: Pointer): string;
}

// js-yaml counts the scalar inside the innermost collection too.
const MAX_DEPTH = 64 + 1;

/** Reads one YAML 1.2 file. Without a document the values are not certain, and the issues say why. */
export function parseDocument(file: string, bytes: Uint8Array): { document?: Document; issues: Issue[] } {
  const { text, clean, issues } = decode(file, bytes);
  if (text === '' && issues.length > 0) return { issues: [...issues] };
  const locate = locator(file, text);
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    return { issues: [...issues, syntaxIssue(error, text, locate)] };
  }
  const composed = compose(text, events, locate);
  const all = [...issues, ...tellMost(file, composed.issues, (issue) => issue)];
  if (!composed.root || !clean) return { issues: all };
  return { document: toDocument(file, text, composed.root, locate), issues: all };
}

function toDocument(file: string, text: string, root: Node, locate: (offset: number) => Source): Document {
  return {
    file,
    value: root.value,
    at: (pointer) => locate(find(root, pointer).start),
    keyAt: (pointer) => {
      const node = find(root, pointer);
      return locate(node.key ?? node.start);
    },
    written: (pointer) => {
      const node = find(root, pointer);
      return text.slice(node.start, node.end);
    },
  };
}

/** The node at the pointer, or its nearest parent. */
function find(root: Node, pointer: Pointer): Node {
  let node = root;
  for (const segment of pointer) {
    const child = node.children?.get(segment);
    if (child === undefined) break;
    node = child;
  }
  return node;
}
