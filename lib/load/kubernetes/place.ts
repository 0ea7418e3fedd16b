import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Pointer } from '../../issue';

/** The offset of the value at a pointer, of its key with `key`, or of the nearest parent that is written. */
export function placeOf(text: string, events: readonly Event[], pointer: Pointer, key = false): number {
  let index = 1;
  let place = offsetOf(events[index]) ?? 0;
  for (const [depth, segment] of pointer.entries()) {
    const child = childAt(text, events, index, segment);
    if (child === undefined) break;
    index = child.value;
    const wanted = key && depth === pointer.length - 1 ? child.key : index;
    place = offsetOf(events[wanted]) ?? offsetOf(events[child.key]) ?? place;
  }
  return place;
}

interface Child {
  /** Index of the event of the key; of an item, of the item itself. */
  readonly key: number;
  readonly value: number;
}

function childAt(
  text: string,
  events: readonly Event[],
  parent: number,
  segment: string | number,
): Child | undefined {
  const type = events[parent]?.type;
  if (type !== EVENT_ID.MAPPING && type !== EVENT_ID.SEQUENCE) return undefined;
  let index = parent + 1;
  for (let item = 0; events[index] !== undefined && events[index]?.type !== EVENT_ID.POP; item++) {
    const value = type === EVENT_ID.MAPPING ? behind(events, index) : index;
    if (type === EVENT_ID.MAPPING ? keyText(text, events[index]) === String(segment) : item === segment) {
      return { key: index, value };
    }
    index = behind(events, value);
  }
  return undefined;
}

/** The index of the event behind a node. */
function behind(events: readonly Event[], index: number): number {
  let depth = 0;
  let next = index;
  do {
    const type = events[next++]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
    else if (type === EVENT_ID.POP) depth--;
  } while (depth > 0 && next < events.length);
  return next;
}

function keyText(text: string, event: Event | undefined): string | undefined {
  return event?.type === EVENT_ID.SCALAR && event.valueStart >= 0 ? getScalarValue(text, event) : undefined;
}

/** Where a node starts, its quote included; undefined for one that is not written. */
export function offsetOf(event: Event | undefined): number | undefined {
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return event.valueStart < 0 ? undefined : event.valueStart - quote(event);
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.start;
    case EVENT_ID.ALIAS:
      return event.anchorStart - 1;
    default:
      return undefined;
  }
}

function quote({ style }: ScalarEvent): number {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
}
