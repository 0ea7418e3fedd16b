import type { Pointer } from '../issue';
import { type Definitions, type KindSchema, refTo, resolve, type Schema } from '../model/schema';
import { fieldSchema, isMap, withDefaults } from './defaults';
import { findDuplicates } from './duplicates';
import { checkCount, checkScalar, checkType } from './scalar';

/** One deviation of an object from its schema. */
export interface Finding {
  /** The value in question; of a missing field, the object that lacks it. */
  readonly pointer: Pointer;
  readonly message: string;
}

interface Walk {
  readonly definitions: Definitions;
  readonly findings: Finding[];
  /** Inside a definition of Kubernetes: the API server does not compare list items there. */
  readonly core?: boolean;
  /** Inside allOf, anyOf, oneOf and not: these say nothing about nulls and unknown fields. */
  readonly logical?: boolean;
}

const OBJECT_META: Schema = { $ref: refTo('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta') };

/** What the schema of a kind says against an object, as the API server would. CEL rules are not run. */
export function checkStructure(object: unknown, { schema, definitions }: KindSchema): Finding[] {
  const walk: Walk = { definitions, findings: [] };
  // CRDs leave metadata open; the API server decodes it as ObjectMeta.
  const root = schema.properties
    ? { ...schema, properties: { ...schema.properties, metadata: OBJECT_META } }
    : schema;
  visit(root, withDefaults(root, object, definitions), [], walk);
  return walk.findings;
}

function visit(schema: Schema, value: unknown, pointer: Pointer, walk: Walk): void {
  if (schema.$ref !== undefined) {
    visit(resolve(schema, walk.definitions), value, pointer, { ...walk, core: true });
    return;
  }
  if (value === null && (walk.logical || schema.nullable)) return;
  const mismatch = checkType(schema, value);
  if (mismatch !== undefined) {
    report(walk, pointer, [mismatch]);
    return;
  }
  report(walk, pointer, checkScalar(schema, value));
  if (Array.isArray(value)) visitList(schema, value, pointer, walk);
  else if (isMap(value)) visitMap(schema, value, pointer, walk);
  visitAlternatives(schema, value, pointer, walk);
}

function visitList(schema: Schema, items: readonly unknown[], pointer: Pointer, walk: Walk): void {
  report(walk, pointer, checkCount(items.length, 'items', schema.minItems, schema.maxItems));
  for (const { index, key } of walk.core ? [] : findDuplicates(schema, items)) {
    report(walk, [...pointer, index], [`repeats ${key}`]);
  }
  const itemSchema = schema.items;
  if (itemSchema === undefined) return;
  for (const [index, item] of items.entries()) visit(itemSchema, item, [...pointer, index], walk);
}

function visitMap(
  schema: Schema,
  map: Readonly<Record<string, unknown>>,
  pointer: Pointer,
  walk: Walk,
): void {
  const { additionalProperties, required = [], minProperties, maxProperties } = schema;
  const keys = Object.keys(map);
  report(walk, pointer, checkCount(keys.length, 'fields', minProperties, maxProperties));
  for (const key of required) {
    if (!Object.hasOwn(map, key)) report(walk, pointer, [`lacks the required field "${key}"`]);
  }
  const open =
    walk.logical ||
    additionalProperties === true ||
    schema['x-kubernetes-preserve-unknown-fields'] ||
    isAnything(schema, walk);
  for (const key of keys) {
    const known = fieldSchema(schema, key);
    if (known !== undefined) visit(known, map[key], [...pointer, key], walk);
    else if (!open) report(walk, [...pointer, key], [`unknown field "${key}"`]);
  }
}

/** Kubernetes publishes nothing about a value of several types, such as the schemas inside a CRD. */
function isAnything({ type, properties, additionalProperties }: Schema, { core }: Walk): boolean {
  return (
    core === true && type === undefined && properties === undefined && additionalProperties === undefined
  );
}

function visitAlternatives(schema: Schema, value: unknown, pointer: Pointer, walk: Walk): void {
  const { allOf, anyOf, oneOf, not } = schema;
  for (const branch of allOf ?? []) visit(branch, value, pointer, { ...walk, logical: true });
  if (anyOf !== undefined && !anyOf.some((branch) => fits(branch, value, walk))) {
    report(walk, pointer, ['fits none of the alternatives (anyOf)']);
  }
  const count = oneOf?.filter((branch) => fits(branch, value, walk)).length ?? 1;
  if (count !== 1) report(walk, pointer, [`fits ${count} of the alternatives (oneOf), not exactly one`]);
  if (not !== undefined && fits(not, value, walk))
    report(walk, pointer, ['has a form that is not allowed (not)']);
}

function fits(schema: Schema, value: unknown, walk: Walk): boolean {
  const findings: Finding[] = [];
  visit(schema, value, [], { ...walk, findings, logical: true });
  return findings.length === 0;
}

function report(walk: Walk, pointer: Pointer, messages: readonly string[]): void {
  for (const message of messages) walk.findings.push({ pointer, message });
}
