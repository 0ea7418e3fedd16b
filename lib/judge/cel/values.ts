import type { Schema } from '../../model/schema';
import { fieldSchema, isMap } from '../defaults';

/** CEL's reserved words: fields of these names are written `__name__` in rules. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'true false null in as break const continue else for function if import let loop package namespace return var ' +
    'void while'
  ).split(' '),
);

/** The name of a field in a rule (Kubernetes docs, "Validation rules": escaping). */
export function escapeField(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`;
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}

/** A JSON value as CEL sees it by its schema: whole numbers are int, other numbers double. */
export function toCel(value: unknown, schema: Schema | undefined): unknown {
  if (typeof value === 'number') return isDouble(value, schema) ? value : BigInt(value);
  if (Array.isArray(value)) return Array.from(value, (item) => toCel(item, schema?.items));
  if (!isMap(value)) return value;
  const fields: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    const isField = schema?.properties !== undefined && Object.hasOwn(schema.properties, key);
    fields[isField ? escapeField(key) : key] = toCel(field, schema && fieldSchema(schema, key));
  }
  return fields;
}

function isDouble(value: number, schema: Schema | undefined): boolean {
  return schema?.type === 'number' || !Number.isInteger(value);
}
