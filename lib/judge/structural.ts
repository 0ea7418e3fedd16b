import type { Pointer } from '../issue';
import { type Definitions, type KindSchema, refTo, resolve, type Schema } from '../model/schema';
import { coreFormat, SELF_DECODING } from './core-format';
import { fieldSchema, isMap } from './defaults';
import { findDuplicates } from './duplicates';
import type { Finding } from './finding';
import { checkCount, checkScalar, checkType } from './scalar';

interface Walk {
  readonly definitions: Definitions;
  findings: Finding[];
  /** Where the walk is. */
  readonly pointer: (string | number)[];
  /** Inside a definition of Kubernetes: Go decodes it, and list items are not compared. */
  core: boolean;
  /** Inside allOf, anyOf, oneOf and not: these say nothing about nulls and unknown fields. */
  logical: boolean;
  /** Inside a status, which the API server decodes and then drops. */
  dropped: boolean;
}

const OBJECT_META: Schema = { $ref: refTo('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta') };
const TYPE_META: Schema = { type: 'string', minLength: 1 };

/**
 * The schema that judges an object of a kind: CustomResourceDefinitions leave metadata open, and the API server decodes
 * it as ObjectMeta.
 */
export function rootSchema({ schema, definitions }: KindSchema): Schema {
  if (schema.$ref !== undefined) return resolve(schema, definitions);
  let root = roots.get(schema);
  if (root === undefined) {
    root = withObjectMeta(schema);
    roots.set(schema, root);
  }
  return root;
}

const roots = new WeakMap<Schema, Schema>();

function withObjectMeta(schema: Schema): Schema {
  const properties = { apiVersion: TYPE_META, kind: TYPE_META, ...schema.properties, metadata: OBJECT_META };
  return { ...schema, properties };
}

/** What the schema of a kind says against an object with its defaults. CEL rules are not run. */
export function checkStructure(object: unknown, kind: KindSchema): Finding[] {
  const walk: Walk = {
    definitions: kind.definitions,
    findings: [],
    pointer: [],
    core: kind.schema.$ref !== undefined,
    logical: false,
    dropped: false,
  };
  visit(rootSchema(kind), object, walk);
  return walk.findings;
}

function visit(schema: Schema, value: unknown, walk: Walk): void {
  if (schema.$ref !== undefined) {
    visitReference(schema, value, walk);
    return;
  }
  if (value === null && (walk.logical || schema.nullable)) return;
  const mismatch = checkType(schema, value);
  if (mismatch !== undefined) {
    if (walk.core || !walk.dropped) report(walk, [mismatch]);
    return;
  }
  if (!walk.dropped) checkValue(schema, value, walk);
  if (Array.isArray(value)) visitList(schema, value, walk);
  else if (isMap(value)) visitMap(schema, value, walk);
  if (!walk.dropped) visitAlternatives(schema, value, walk);
}

function visitReference(schema: Schema, value: unknown, walk: Walk): void {
  const { core } = walk;
  walk.core = true;
  const decode = SELF_DECODING.get(schema.$ref ?? '');
  if (decode === undefined) visit(resolve(schema, walk.definitions), value, walk);
  else report(walk, decode(value));
  walk.core = core;
}

function checkValue(schema: Schema, value: unknown, walk: Walk): void {
  if (typeof value === 'object' && schema.enum === undefined) return;
  report(walk, checkScalar(schema, value));
  if (walk.core) report(walk, coreFormat(schema, value));
}

function visitList(schema: Schema, items: readonly unknown[], walk: Walk): void {
  if (!walk.dropped) {
    report(walk, checkCount(items.length, 'items', schema.minItems, schema.maxItems));
    for (const { index, key } of walk.core ? [] : findDuplicates(schema, items)) {
      reportAt(walk, index, `repeats ${key}`);
    }
  }
  const itemSchema = schema.items;
  if (itemSchema === undefined) return;
  for (let index = 0; index < items.length; index++) {
    walk.pointer.push(index);
    visit(itemSchema, items[index], walk);
    walk.pointer.pop();
  }
}

function visitMap(schema: Schema, map: Readonly<Record<string, unknown>>, walk: Walk): void {
  const keys = Object.keys(map);
  if (!walk.dropped) checkFields(schema, map, keys.length, walk);
  const open = isOpen(schema, walk);
  for (const key of keys) {
    const known = fieldSchema(schema, key);
    if (known !== undefined) visitField(schema, known, key, map[key], walk);
    else if (!open) reportAt(walk, key, `unknown field "${key}"`, 'unknown-field');
  }
  if (schema['x-kubernetes-embedded-resource'] && !walk.logical) visitEmbedded(map, walk);
}

function visitField(parent: Schema, schema: Schema, key: string, value: unknown, walk: Walk): void {
  const { dropped, pointer } = walk;
  if (key === 'status' && pointer.length === 0 && !walk.logical) walk.dropped = isDropped(parent, walk);
  pointer.push(key);
  visit(schema, value, walk);
  pointer.pop();
  walk.dropped = dropped;
}

function checkFields(
  schema: Schema,
  map: Readonly<Record<string, unknown>>,
  count: number,
  walk: Walk,
): void {
  report(walk, checkCount(count, 'fields', schema.minProperties, schema.maxProperties));
  for (const key of schema.required ?? []) {
    if (!Object.hasOwn(map, key)) report(walk, [`lacks the required field "${key}"`]);
  }
}

/** A whole object inside another one. */
function visitEmbedded(map: Readonly<Record<string, unknown>>, walk: Walk): void {
  for (const key of ['apiVersion', 'kind']) {
    if (typeof map[key] !== 'string' || map[key] === '') report(walk, [`lacks the required field "${key}"`]);
  }
  if (!isMap(map.metadata)) return;
  walk.pointer.push('metadata');
  visit(OBJECT_META, map.metadata, walk);
  walk.pointer.pop();
}

function isDropped(schema: Schema, { core }: Walk): boolean {
  return core || (schema as { 'x-tenantry'?: { status?: boolean } })['x-tenantry']?.status === true;
}

function isOpen(schema: Schema, { core, logical }: Walk): boolean {
  const { type, properties, additionalProperties } = schema;
  if (logical || additionalProperties === true || schema['x-kubernetes-preserve-unknown-fields'] === true) {
    return true;
  }
  // Kubernetes publishes nothing about a value of several types, such as the schemas inside a CRD.
  return core && type === undefined && properties === undefined && additionalProperties === undefined;
}

function visitAlternatives(schema: Schema, value: unknown, walk: Walk): void {
  const { allOf, anyOf, oneOf, not } = schema;
  if (allOf !== undefined) {
    const { logical } = walk;
    walk.logical = true;
    for (const branch of allOf) visit(branch, value, walk);
    walk.logical = logical;
  }
  if (anyOf !== undefined && !anyOf.some((branch) => fits(branch, value, walk))) {
    report(walk, ['fits none of the alternatives (anyOf)']);
  }
  const count = oneOf?.filter((branch) => fits(branch, value, walk)).length ?? 1;
  if (count !== 1) report(walk, [`fits ${count} of the alternatives (oneOf), not exactly one`]);
  if (not !== undefined && fits(not, value, walk)) report(walk, ['has a form that is not allowed (not)']);
}

function fits(schema: Schema, value: unknown, walk: Walk): boolean {
  const { findings, logical } = walk;
  walk.findings = [];
  walk.logical = true;
  visit(schema, value, walk);
  const fitting = walk.findings.length === 0;
  walk.findings = findings;
  walk.logical = logical;
  return fitting;
}

function report(walk: Walk, messages: readonly string[]): void {
  for (const message of messages) push(walk, [...walk.pointer], message, 'schema');
}

function reportAt(walk: Walk, segment: string | number, message: string, rule = 'schema'): void {
  push(walk, [...walk.pointer, segment], message, rule);
}

function push({ findings }: Walk, pointer: Pointer, message: string, rule: string): void {
  findings.push({ pointer, message, rule, class: 'apiserver' });
}
