import { type Event, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Issue, Source } from '../issue';

/** A walk over the parser's events: all that changes while a file is composed. */
export interface Reader {
  readonly text: string;
  readonly events: readonly Event[];
  readonly locate: (offset: number) => Source;
  readonly issues: Issue[];
  /** Names of the aliases met so far. */
  readonly aliases: Set<string>;
  /** Index of the next event. */
  next: number;
  /** Offset behind the last token whose end is known. */
  end: number;
  /** False once something was refused whose value is unknown. */
  certain: boolean;
}

/** Where a scalar starts and ends, quotes and block header included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The span of a scalar; one that is not written stands at `key`, or else at the dash of its list item. */
export function spanOf(reader: Reader, event: ScalarEvent, key: number | undefined): Span {
  if (event.valueStart < 0) {
    const start = key ?? skip(reader, BEFORE_DASH);
    if (key === undefined) reader.end = start + 1;
    return { start, end: start };
  }
  const span = writtenSpan(reader, event);
  reader.end = span.end;
  return span;
}

/** Offset of the first line that starts with `---` or `...` after what was read. */
export function nextMarker(reader: Reader): number {
  const marker = /^(?:---|\.\.\.)(?!\S)/gm;
  marker.lastIndex = reader.end;
  return marker.exec(reader.text)?.index ?? reader.end;
}

const BEFORE_DASH = /(?:[\s,:?\]}]|(?<!\S)#.*)*/y;
const BEFORE_BLOCK = /(?:[\s,:?\]}-]|(?<!\S)#.*)*/y;

function writtenSpan(reader: Reader, event: ScalarEvent): Span {
  const { valueStart, valueEnd } = event;
  switch (event.style) {
    case SCALAR_STYLE.PLAIN:
      return { start: valueStart, end: valueEnd };
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return { start: valueStart - 1, end: valueEnd + 1 };
    default:
      // Events of block scalars start in the line behind the header.
      return { start: skip(reader, BEFORE_BLOCK), end: valueEnd };
  }
}

function skip(reader: Reader, pattern: RegExp): number {
  pattern.lastIndex = reader.end;
  pattern.test(reader.text);
  return pattern.lastIndex;
}
