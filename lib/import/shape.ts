import { compare } from '../issue';
import { refTo, type Schema } from '../model/schema';

/** The part of a schema that a TypeScript type can say. */
export type Shape =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'list'; readonly item: Shape }
  | { readonly is: 'map'; readonly value: Shape }
  | { readonly is: 'object'; readonly fields: readonly Field[] };

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
}

/** Shared types by the fields that mark an embedded copy of them, as in `spec.containers`. */
export type Marks = Readonly<Record<string, readonly string[]>>;

const NUMBER_OR_STRING: Shape = { is: 'text', text: 'number | string' };
const UNKNOWN: Shape = { is: 'text', text: 'unknown' };
const SCALARS: ReadonlyMap<string, string> = new Map([
  ['boolean', 'boolean'],
  ['integer', 'number'],
  ['number', 'number'],
  ['string', 'string'],
]);

/** The shape of a schema. Shared types and definitions are texts: their names. */
export function shapeOf(schema: Schema, marks: Marks): Shape {
  if (schema.$ref !== undefined) return { is: 'text', text: typeName(schema.$ref.slice(refTo('').length)) };
  if (schema['x-kubernetes-int-or-string']) return NUMBER_OR_STRING;
  if (schema.type === undefined && schema.anyOf !== undefined) return unionOf(schema.anyOf, marks);
  const shared = Object.entries(marks).find(
    ([, fields]) => fields.length > 0 && fields.every(hasField(schema)),
  );
  if (shared !== undefined) return { is: 'text', text: shared[0] };
  if (schema.enum !== undefined) return { is: 'text', text: schema.enum.map(literal).join(' | ') };
  if (schema.type === 'array') return { is: 'list', item: shapeOf(schema.items ?? {}, marks) };
  if (schema.properties !== undefined) return { is: 'object', fields: fieldsOf(schema, marks) };
  if (schema.type === 'object') return { is: 'map', value: mapValue(schema, marks) };
  const scalar = SCALARS.get(schema.type ?? '');
  return scalar === undefined ? UNKNOWN : { is: 'text', text: scalar };
}

/** The fields of an object's schema; those with a default may be left out. */
export function fieldsOf(schema: Schema, marks: Marks): Field[] {
  const { properties = {}, required = [] } = withoutStatus(schema);
  return Object.entries(properties)
    .sort(([a], [b]) => compare(a, b))
    .map(([name, property]) => ({
      name,
      required: required.includes(name) && property.default === undefined,
      shape: shapeOf(property, marks),
    }));
}

/** A schema without what controllers write, when it is one of a whole Kubernetes object. */
export function withoutStatus(schema: Schema): Schema {
  const { status, ...properties } = schema.properties ?? {};
  return 'apiVersion' in properties && 'kind' in properties ? { ...schema, properties } : schema;
}

/** The last part of a definition's name: `PodSpec` of `io.k8s.api.core.v1.PodSpec`. */
export function typeName(definition: string): string {
  return definition.slice(definition.lastIndexOf('.') + 1);
}

/** A value as a TypeScript literal. */
export function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : JSON.stringify(value);
}

function hasField(schema: Schema): (path: string) => boolean {
  return (path) =>
    path.split('.').reduce<Schema | undefined>((inner, key) => inner?.properties?.[key], schema) !==
    undefined;
}

function mapValue({ additionalProperties }: Schema, marks: Marks): Shape {
  return typeof additionalProperties === 'object' ? shapeOf(additionalProperties, marks) : UNKNOWN;
}

function unionOf(branches: readonly Schema[], marks: Marks): Shape {
  const texts = branches
    .map((branch) => shapeOf(branch, marks))
    .map((shape) => (shape.is === 'text' ? shape.text : ''));
  return texts.includes('') ? UNKNOWN : { is: 'text', text: [...new Set(texts)].join(' | ') };
}
