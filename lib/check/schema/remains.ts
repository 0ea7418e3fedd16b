import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Pointer } from '../../issue';
import { isMap } from '../../judge/defaults';
import { toPointer } from './pointer';
import { settleUnions } from './union';

// biome-ignore lint/suspicious/noExplicitAny: what a file has, of any shape.
type Value = any;

/** What is left of a file. */
export interface Remains {
  readonly value: unknown;
  /** Places of what was taken out. */
  readonly removed: readonly Pointer[];
}

/** Removals can uncover others, as the parent of a field that it cannot be without; a file is no deeper than this. */
const ROUNDS = 16;

/**
 * A file without the parts that its schema refuses, so that the rest can be checked in the same run. A missing part
 * that `standIn` has is taken from there. Default: undefined, where too little is left.
 */
export function remainsOf(value: unknown, validate: ValidateFunction, standIn: object): Remains | undefined {
  const rest = copy(value);
  const removed: Pointer[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (validate(rest)) return { value: rest, removed };
    const places = settleUnions(validate.errors ?? []).map((error) => placeOf(error, rest));
    if (places.some((place) => place.length === 0)) return undefined;
    for (const place of places) remove(rest, place);
    removed.push(...places);
    fill(rest, standIn);
  }
  return undefined;
}

/** What has to go. The items of a list are told by their index, so that a list goes as a whole. */
function placeOf({ keyword, instancePath, params }: ErrorObject, root: unknown): Pointer {
  const place = toPointer(instancePath, root);
  if (keyword === 'additionalProperties') return [...place, String(params.additionalProperty)];
  const last = place.findLastIndex((segment) => typeof segment !== 'number');
  return place.slice(0, last + 1);
}

function remove(root: Value, place: Pointer): void {
  const parent = place.slice(0, -1).reduce((value: Value, segment) => Object(value)[segment], root);
  if (typeof parent === 'object' && parent !== null) delete parent[place.at(-1) as string];
}

function fill(value: Value, standIn: object): void {
  for (const [key, own] of Object.entries(standIn)) {
    if (!Object.hasOwn(value, key)) value[key] = copy(own);
    else if (isMap(own) && isMap(value[key])) fill(value[key], own);
  }
}

function copy(value: unknown): Value {
  if (Array.isArray(value)) return value.map(copy);
  if (!isMap(value)) return value;
  const copied = Object.create(null);
  for (const [key, own] of Object.entries(value)) copied[key] = copy(own);
  return copied;
}
