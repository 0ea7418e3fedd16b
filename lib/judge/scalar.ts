import type { Schema } from '../model/schema';
import { canonical } from './duplicates';
import { matches } from './pattern';

/** The name that schemas have for the type of a JSON value; whole numbers are `integer`. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** What a schema's type says against a value, or undefined. */
export function checkType(schema: Schema, value: unknown): string | undefined {
  const type = typeOf(value);
  const wanted = schema['x-kubernetes-int-or-string']
    ? ['integer', 'string']
    : schema.type
      ? [schema.type]
      : [];
  if (wanted.length === 0 || wanted.includes(type) || (type === 'integer' && wanted.includes('number'))) {
    return undefined;
  }
  return `must be ${wanted.join(' or ')}, not ${type}`;
}

/** What a schema's enum, pattern, format and bounds say against a value of the right type. */
export function checkScalar(schema: Schema, value: unknown): string[] {
  const messages: string[] = [];
  if (schema.enum !== undefined && !schema.enum.some((allowed) => canonical(allowed) === canonical(value))) {
    messages.push(`must be one of ${schema.enum.map((allowed) => JSON.stringify(allowed)).join(', ')}`);
  }
  if (typeof value === 'string') messages.push(...checkText(schema, value));
  if (typeof value === 'number') messages.push(...checkNumber(schema, value));
  return messages;
}

/** What a schema's least and most say against a count of characters, items or fields. */
export function checkCount(
  count: number,
  what: string,
  least = 0,
  most = Number.POSITIVE_INFINITY,
): string[] {
  if (count < least) return [`must have at least ${least} ${what}, has ${count}`];
  return count > most ? [`must have at most ${most} ${what}, has ${count}`] : [];
}

const FORMATS: ReadonlyMap<string, RegExp> = new Map([
  ['date-time', /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/],
  ['byte', /^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/],
]);

function checkText({ pattern, format, minLength, maxLength }: Schema, text: string): string[] {
  const bounded = minLength !== undefined || maxLength !== undefined;
  const messages = bounded ? checkCount([...text].length, 'characters', minLength, maxLength) : [];
  if (pattern !== undefined && !matches(pattern, text)) messages.push(`must match ${pattern}`);
  if (FORMATS.get(format ?? '')?.test(text) === false) messages.push(`must have the format ${format}`);
  return messages;
}

function checkNumber(schema: Schema, number: number): string[] {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY, multipleOf } = schema;
  const messages: string[] = [];
  if (schema.exclusiveMinimum ? number <= minimum : number < minimum) {
    messages.push(`must be ${schema.exclusiveMinimum ? 'more than' : 'at least'} ${minimum}`);
  }
  if (schema.exclusiveMaximum ? number >= maximum : number > maximum) {
    messages.push(`must be ${schema.exclusiveMaximum ? 'less than' : 'at most'} ${maximum}`);
  }
  if (multipleOf !== undefined && number % multipleOf !== 0) {
    messages.push(`must be a multiple of ${multipleOf}`);
  }
  return messages;
}
