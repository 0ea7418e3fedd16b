import { type Definitions, refTo, resolve, type Schema } from '../model/schema';
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
 * An object as the API server judges it: nulls are absent where none may stand, absent fields have their defaults. The
 * object itself where that changes nothing, which is most of the time.
 */
export function withDefaults(schema: Schema, value: unknown, definitions: Definitions): unknown {
  return complete(schema, value, definitions, schema.$ref !== undefined);
}

/** In `core`, the definitions of Kubernetes, Go decodes a null in a list or a map as an empty value. */
function complete(schema: Schema, value: unknown, definitions: Definitions, core: boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const inCore = core || schema.$ref !== undefined;
  const resolved = resolve(schema, definitions);
  if (Array.isArray(value)) return completeList(resolved, value, definitions, inCore);
  return completeMap(resolved, value as Record<string, unknown>, definitions, inCore);
}

function completeList(
  { items }: Schema,
  list: readonly unknown[],
  definitions: Definitions,
  core: boolean,
): unknown {
  if (items === undefined) return list;
  let changed = false;
  const completed = list.map((item) => {
    const filled = core && item === null ? emptyOf(items, definitions) : item;
    const whole = complete(items, filled, definitions, core);
    changed ||= whole !== item;
    return whole;
  });
  return changed ? completed : list;
}

function completeMap(
  schema: Schema,
  map: Readonly<Record<string, unknown>>,
  definitions: Definitions,
  core: boolean,
): unknown {
  let changed = false;
  const fields: Record<string, unknown> = {};
  for (const key in map) {
    if (!Object.hasOwn(map, key)) continue;
    const known = fieldSchema(schema, key);
    const field = core && known && isEmpty(schema, key, map[key]) ? emptyOf(known, definitions) : map[key];
    // A null in a field that nobody knows stays, for the finding about that field.
    if (known === undefined) setOwn(fields, key, field);
    else if (field !== null || known.nullable) {
      const whole = complete(known, field, definitions, core);
      changed ||= whole !== map[key];
      setOwn(fields, key, whole);
    } else changed = true;
  }
  for (const [key, property] of defaultsOf(schema)) {
    if (Object.hasOwn(fields, key)) continue;
    setOwn(fields, key, complete(property, property.default, definitions, core));
    changed = true;
  }
  return changed ? fields : map;
}

/** An assignment to `__proto__` would set the prototype. */
function setOwn(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(map, key, { value, enumerable: true });
  else map[key] = value;
}

const QUANTITY = refTo('io.k8s.apimachinery.pkg.api.resource.Quantity');

const EMPTY: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['object', {}],
  ['array', []],
  ['string', ''],
  ['integer', 0],
  ['number', 0],
  ['boolean', false],
]);

function emptyOf(schema: Schema, definitions: Definitions): unknown {
  if (schema.$ref === QUANTITY) return '0';
  return EMPTY.get(resolve(schema, definitions).type ?? 'object');
}

/** Whether a null stands for a value of a map; in a named field it is the same as none. */
function isEmpty({ properties = {} }: Schema, key: string, value: unknown): boolean {
  return value === null && !Object.hasOwn(properties, key);
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
