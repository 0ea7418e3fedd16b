import { type Definitions, resolve, type Schema } from '../model/schema';
import { own } from '../own';

/** Whether a value is a map, as opposed to a list, a scalar or null. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema of one field of an object, or undefined when nobody knows the field. */
export function fieldSchema({ properties, additionalProperties }: Schema, key: string): Schema | undefined {
  const property = properties && own(properties, key);
  return property ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
}

/**
 * A copy of an object as the API server judges it: nulls are absent where none may stand, absent
 * fields have their defaults.
 */
export function withDefaults(schema: Schema, value: unknown, definitions: Definitions): unknown {
  if (Array.isArray(value)) {
    const { items } = resolve(schema, definitions);
    return items === undefined ? value : value.map((item) => withDefaults(items, item, definitions));
  }
  if (!isMap(value)) return value;
  const resolved = resolve(schema, definitions);
  const fields: [string, unknown][] = [];
  for (const [key, field] of Object.entries(value)) {
    const known = fieldSchema(resolved, key);
    // A null in a field that nobody knows stays, for the finding about that field.
    if (known === undefined) fields.push([key, field]);
    else if (field !== null || known.nullable) fields.push([key, withDefaults(known, field, definitions)]);
  }
  for (const [key, property] of defaultsOf(resolved)) {
    const absent = !Object.hasOwn(value, key) || (value[key] === null && !property.nullable);
    if (absent) fields.push([key, withDefaults(property, property.default, definitions)]);
  }
  return Object.fromEntries(fields);
}

const defaults = new WeakMap<Schema, readonly [string, Schema][]>();

/** The properties that have a default: few of many, so they are looked for once. */
function defaultsOf(schema: Schema): readonly [string, Schema][] {
  let found = defaults.get(schema);
  if (found === undefined) {
    found = Object.entries(schema.properties ?? {}).filter(([, property]) => property.default !== undefined);
    defaults.set(schema, found);
  }
  return found;
}
