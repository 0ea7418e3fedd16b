import { compare } from '../issue';

type Json = Readonly<Record<string, unknown>>;

/** What describes and never judges. */
const PROSE: ReadonlySet<string> = new Set(['description', 'example', 'examples', 'externalDocs', 'title']);

const SCHEMA_FIELDS: ReadonlySet<string> = new Set(['additionalProperties', 'items', 'not']);
const SCHEMA_LISTS: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf']);

/** A schema without the sentences of its authors; everything that judges stays. Keys are sorted. */
export function withoutProse(schema: Json): Json {
  const entries = Object.entries(schema)
    .filter(([key]) => !PROSE.has(key))
    .map(([key, value]): [string, unknown] => [key, keyword(key, value)]);
  return Object.fromEntries(sortByKey(entries));
}

/** A schema's properties, which may be called `description` themselves. */
export function mapWithoutProse(schemas: Json): Json {
  const entries = Object.entries(schemas).map(([name, schema]): [string, unknown] => [
    name,
    subschema(schema),
  ]);
  return Object.fromEntries(sortByKey(entries));
}

function keyword(key: string, value: unknown): unknown {
  if (key === 'properties') return mapWithoutProse(value as Json);
  if (SCHEMA_FIELDS.has(key)) return subschema(value);
  if (SCHEMA_LISTS.has(key)) return (value as Json[]).map(withoutProse);
  if (key === 'required') return [...(value as string[])].sort(compare);
  return value;
}

/** `additionalProperties` may be true or false. */
function subschema(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? withoutProse(value as Json) : value;
}

function sortByKey(entries: readonly [string, unknown][]): [string, unknown][] {
  return [...entries].sort(([a], [b]) => compare(a, b));
}
