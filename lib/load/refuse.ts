import { type AliasEvent, EVENT_ID, type MappingEvent, type ScalarEvent, type SequenceEvent } from 'js-yaml';
import { nextMarker, type Reader } from './reader';
import { findHidden, nameHidden } from './text';
import { quote } from './words';

/** Records an error about something whose value cannot be known. */
export function refuse(reader: Reader, offset: number, rule: string, message: string, hint: string): void {
  reader.issues.push({ level: 'error', rule, message, source: reader.locate(offset), hint });
  reader.certain = false;
}

/** Refuses an alias at its first use only: an alias bomb has hundreds. */
export function refuseAlias(reader: Reader, event: AliasEvent): void {
  const start = event.anchorStart - 1;
  const name = reader.text.slice(start, event.anchorEnd);
  if (!reader.aliases.has(name)) {
    const hint = 'write the value out; quote text that starts with "*"';
    refuse(reader, start, 'yaml-alias', `alias ${quote(name)} is not allowed`, hint);
  }
  reader.aliases.add(name);
  reader.end = event.anchorEnd;
}

/** Refuses the tag and the anchor of a node. */
export function refuseProperties(reader: Reader, event: MappingEvent | SequenceEvent | ScalarEvent): void {
  const { tagStart, tagEnd, anchorStart, anchorEnd } = event;
  if (tagStart >= 0) {
    const message = `tag ${quote(reader.text.slice(tagStart, tagEnd))} is not allowed`;
    refuse(reader, tagStart, 'yaml-tag', message, 'remove the tag, or quote text that starts with "!"');
  }
  if (anchorStart >= 0) {
    const message = `anchor ${quote(reader.text.slice(anchorStart - 1, anchorEnd))} is not allowed`;
    const hint = 'write the value out where it is used; quote text that starts with "&"';
    refuse(reader, anchorStart - 1, 'yaml-anchor', message, hint);
  }
}

/** Refuses hidden characters in a value that starts at an offset. */
export function refuseHidden(reader: Reader, value: string, start: number): void {
  for (const character of findHidden(value).keys()) {
    refuse(reader, start, 'hidden-character', `${nameHidden(character)} is not allowed`, 'remove the escape');
  }
}

/** Records a doubled key; the first value stays, so what was read is certain. */
export function refuseDuplicate(reader: Reader, name: string, start: number, first: number): void {
  reader.issues.push({
    level: 'error',
    rule: 'duplicate-key',
    message: `duplicate key ${quote(name)} (first at line ${reader.locate(first).line})`,
    source: reader.locate(start),
    hint: 'keep one of them',
  });
}

/** Refuses %YAML and %TAG lines. */
export function refuseDirectives(reader: Reader): void {
  const offset = Math.max(reader.text.search(/^%/m), 0);
  refuse(reader, offset, 'yaml-directive', 'directives are not allowed', 'remove the line');
}

/** Refuses a second document; `ended` says that the first one ends in `...`. */
export function refuseMoreDocuments(reader: Reader, ended: boolean): void {
  const count = reader.events.filter((event) => event.type === EVENT_ID.DOCUMENT).length;
  if (count === 1) return;
  const message = ended
    ? 'content after the document end marker "..."'
    : `expected one document, found ${count}`;
  refuse(reader, nextMarker(reader), 'one-document', message, 'write one file for each document');
}
