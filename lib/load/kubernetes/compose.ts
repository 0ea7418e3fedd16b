import { type AliasEvent, EVENT_ID, type Event } from 'js-yaml';
import { offsetOf } from './place';
import { kubernetesScalar } from './scalar';

/** Why a document cannot be decoded, and where. */
export interface Fault {
  readonly offset: number;
  readonly message: string;
}

/** The value of a document: objects without prototype, as JSON would hold it. */
export interface Composed {
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

/** More nodes than any object of 3 MiB has: an alias bomb. */
const MOST_NODES = 2_000_000;

interface Walk {
  readonly text: string;
  readonly events: readonly Event[];
  readonly faults: Fault[];
  /** Values by anchor; undefined while the value is still read. */
  readonly anchors: Map<string, { readonly value: unknown; readonly nodes: number } | undefined>;
  next: number;
  /** Nodes so far, those behind aliases counted again. */
  nodes: number;
}

/** Builds the value of one document from the parser's events, with anchors, aliases and merge keys. */
export function composeKubernetes(text: string, events: readonly Event[]): Composed {
  const walk: Walk = { text, events, faults: [], anchors: new Map(), next: 1, nodes: 0 };
  const value = read(walk);
  return { value, faults: walk.faults };
}

function read(walk: Walk): unknown {
  const event = walk.events[walk.next++];
  if (event === undefined || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return null;
  walk.nodes++;
  if (event.type === EVENT_ID.ALIAS) return readAlias(walk, event);
  const anchor = event.anchorStart < 0 ? undefined : walk.text.slice(event.anchorStart, event.anchorEnd);
  const before = walk.nodes;
  if (anchor !== undefined) walk.anchors.set(anchor, undefined);
  const value =
    event.type === EVENT_ID.SCALAR
      ? kubernetesScalar(walk.text, event)
      : event.type === EVENT_ID.SEQUENCE
        ? readList(walk)
        : readMap(walk, event.start);
  if (anchor !== undefined) walk.anchors.set(anchor, { value, nodes: walk.nodes - before + 1 });
  return value;
}

function readAlias(walk: Walk, { anchorStart, anchorEnd }: AliasEvent): unknown {
  const name = walk.text.slice(anchorStart, anchorEnd);
  const found = walk.anchors.get(name);
  if (found === undefined) {
    const reason = walk.anchors.has(name) ? 'contains itself' : 'is not defined';
    walk.faults.push({ offset: anchorStart - 1, message: `anchor "${name}" ${reason}` });
    return null;
  }
  walk.nodes += found.nodes;
  if (walk.nodes > MOST_NODES) {
    walk.faults.push({ offset: anchorStart - 1, message: 'aliases expand to too much' });
    return null;
  }
  return found.value;
}

function readList(walk: Walk): unknown[] {
  const list: unknown[] = [];
  while (walk.events[walk.next]?.type !== EVENT_ID.POP) list.push(read(walk));
  walk.next++;
  return list;
}

function readMap(walk: Walk, start: number): Record<string, unknown> {
  const map: Record<string, unknown> = Object.create(null);
  const merged: unknown[] = [];
  while (walk.events[walk.next]?.type !== EVENT_ID.POP) {
    const offset = offsetOf(walk.events[walk.next]) ?? start;
    const merge = isMerge(walk);
    const key = read(walk);
    const value = read(walk);
    if (merge) merged.push(...(Array.isArray(value) ? value : [value]));
    else if (typeof key === 'object') walk.faults.push({ offset, message: 'a key must be a scalar' });
    else if (Object.hasOwn(map, String(key))) {
      walk.faults.push({ offset, message: `duplicate field "${key}"` });
    } else map[String(key)] = value;
  }
  walk.next++;
  for (const source of merged) mergeInto(map, source, start, walk.faults);
  return map;
}

/** Fields that are written win over merged ones. */
function mergeInto(map: Record<string, unknown>, source: unknown, offset: number, faults: Fault[]): void {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) {
    faults.push({ offset, message: 'map merge requires map or sequence of maps as the value' });
    return;
  }
  for (const [key, value] of Object.entries(source)) if (!Object.hasOwn(map, key)) map[key] = value;
}

function isMerge({ text, events, next }: Walk): boolean {
  const event = events[next];
  return (
    event?.type === EVENT_ID.SCALAR &&
    event.valueEnd - event.valueStart === 2 &&
    text.startsWith('<<', event.valueStart) &&
    text.charAt(event.valueEnd) !== '"' &&
    text.charAt(event.valueEnd) !== "'"
  );
}
