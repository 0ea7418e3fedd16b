import { type Event, parseEvents } from 'js-yaml';
import type { Issue, Pointer, Source } from '../../issue';
import { locator } from '../lines';
import { placeOf } from './place';

/** One Kubernetes object of a file, or what stands in the place of one. */
export interface KubernetesDocument {
  /** The decoded value; undefined when it cannot be decoded, and the issues say why. */
  readonly value?: unknown;
  /** What its text says against it: broken syntax, duplicate fields. */
  readonly issues: readonly Issue[];
  /** Where the value at a pointer stands, or its key. */
  at(pointer: Pointer, key?: 'key'): Source;
}

/** A stretch of a file that holds one YAML document or one line of JSON. */
export interface Part {
  readonly file: string;
  readonly text: string;
  /** Where the text starts in the file: lines before it. */
  readonly line: number;
}

/** What can be said about places in a part. Its events are read only when somebody asks. */
export function places(part: Part, known?: readonly Event[]): KubernetesDocument['at'] {
  const locate = locator(part.file, part.text);
  let events = known;
  return (pointer, key) => {
    events ??= readEvents(part.text);
    return shift(part, locate(placeOf(part.text, events, pointer, key === 'key')));
  };
}

/** A place in a part as a place in its file. */
export function shift({ line }: Part, source: Source): Source {
  return { ...source, line: source.line + line };
}

/** JSON is YAML; text that is not has no places but its start. */
function readEvents(text: string): readonly Event[] {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch {
    return [];
  }
}

/** Deeper than any object; the parser recurses. */
export const MAX_DEPTH = 1000;
