import {
  EVENT_ID,
  type Event,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import type { Issue, Source } from '../issue';
import { type Reader, spanOf } from './reader';
import {
  refuse,
  refuseAlias,
  refuseDirectives,
  refuseDuplicate,
  refuseHidden,
  refuseMoreDocuments,
  refuseProperties,
} from './refuse';
import { scalarValue } from './scalar';
import { nameValue, quote } from './words';

/** A YAML value and where it stands, as offsets into the text. */
export interface Node {
  readonly value: unknown;
  readonly start: number;
  /** Where a scalar ends; the same as `start` for a list, a mapping and a value that is not written. */
  readonly end: number;
  /** Where its key starts, when it stands in a mapping. */
  readonly key?: number | undefined;
  readonly children?: ReadonlyMap<string | number, Node>;
}

/** What was read. Without `root` the values cannot be trusted, and the issues say why. */
export interface Composed {
  readonly root?: Node;
  readonly issues: readonly Issue[];
}

const LONGEST_KEY = 1024;

/** Builds the value of a one-document file from parser events, refusing what hides or doubles values. */
export function compose(
  text: string,
  events: readonly Event[],
  locate: (offset: number) => Source,
): Composed {
  const reader: Reader = {
    text,
    events,
    locate,
    issues: [],
    aliases: new Set(),
    next: 1,
    end: 0,
    certain: true,
  };
  const [document, content] = events;
  if (document?.type !== EVENT_ID.DOCUMENT || (content?.type === EVENT_ID.SCALAR && content.valueStart < 0)) {
    refuse(reader, 0, 'no-document', 'file has no document', 'delete the file, or write "key: value" lines');
    return { issues: reader.issues };
  }
  if (document.directives.length > 0) refuseDirectives(reader);
  const root = readNode(reader);
  refuseMoreDocuments(reader, document.explicitEnd);
  if (reader.certain && content?.type !== EVENT_ID.MAPPING) {
    const message = `expected a mapping, found ${nameValue(root.value)}`;
    refuse(reader, root.start, 'not-a-mapping', message, 'write "key: value" lines');
  }
  return { ...(reader.certain && { root }), issues: reader.issues };
}

function readNode(reader: Reader, key?: number): Node {
  const event = reader.events[reader.next++];
  switch (event?.type) {
    case EVENT_ID.MAPPING:
      return readMapping(reader, event, key);
    case EVENT_ID.SEQUENCE:
      return readSequence(reader, event, key);
    case EVENT_ID.SCALAR:
      return readScalar(reader, event, key);
    case EVENT_ID.ALIAS:
      refuseAlias(reader, event);
      return { value: null, start: event.anchorStart - 1, end: event.anchorStart - 1, key };
    default:
      throw new Error('event stream ends inside a node');
  }
}

function readMapping(reader: Reader, event: MappingEvent, key: number | undefined): Node {
  openCollection(reader, event);
  // Without a prototype `__proto__` is an ordinary key and `toString` is not found.
  const value: Record<string, unknown> = Object.create(null);
  const children = new Map<string, Node>();
  while (reader.events[reader.next]?.type !== EVENT_ID.POP) {
    const name = readKey(reader);
    const child = readNode(reader, name.start);
    if (name.text === undefined) continue;
    const first = children.get(name.text);
    if (first === undefined) {
      value[name.text] = child.value;
      children.set(name.text, child);
    } else {
      refuseDuplicate(reader, name.text, name.start, first.key ?? first.start);
    }
  }
  reader.next++;
  return { value, start: event.start, end: event.start, key, children };
}

function readSequence(reader: Reader, event: SequenceEvent, key: number | undefined): Node {
  openCollection(reader, event);
  const value: unknown[] = [];
  const children = new Map<number, Node>();
  while (reader.events[reader.next]?.type !== EVENT_ID.POP) {
    const child = readNode(reader);
    children.set(value.length, child);
    value.push(child.value);
  }
  reader.next++;
  return { value, start: event.start, end: event.start, key, children };
}

function readScalar(reader: Reader, event: ScalarEvent, key: number | undefined): Node {
  const span = spanOf(reader, event, key);
  refuseProperties(reader, event);
  const value = scalarValue(reader.text, event);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const written = quote(reader.text.slice(span.start, span.end));
    refuse(reader, span.start, 'not-finite', `${written} is not a finite number`, 'write a number');
  }
  // Only escapes can bring in what was not seen in the text of the file.
  const escaped = event.style === SCALAR_STYLE.DOUBLE_QUOTED && !event.fast;
  if (escaped) refuseHidden(reader, String(value), span.start);
  return { value, ...span, key };
}

/** The text of a key, or only its place when it is not a string that can be used. */
function readKey(reader: Reader): { text?: string; start: number } {
  const event = reader.events[reader.next];
  const { value, start, end } = readNode(reader, reader.end);
  const written = reader.text.slice(start, end);
  if (event?.type === EVENT_ID.ALIAS) return { start };
  if (written === '<<') {
    refuse(reader, start, 'yaml-merge', 'merge key "<<" is not allowed', 'write the merged fields out');
  } else if (typeof value !== 'string') {
    const hint =
      end > start ? `quote it: "${written}"` : 'write "key: value"; quote text that starts with "{"';
    refuse(reader, start, 'key-type', `key must be a string, found ${nameValue(value, written)}`, hint);
  } else if (value.length > LONGEST_KEY) {
    const message = `key has ${value.length} characters, at most ${LONGEST_KEY} are read`;
    refuse(reader, start, 'key-too-long', message, 'shorten it');
  } else {
    return { text: value, start };
  }
  return { start };
}

function openCollection(reader: Reader, event: MappingEvent | SequenceEvent): void {
  refuseProperties(reader, event);
  reader.end = event.start + (/[[{]/.test(reader.text.charAt(event.start)) ? 1 : 0);
}
