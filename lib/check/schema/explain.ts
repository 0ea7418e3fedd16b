import type { ErrorObject } from 'ajv';
import { nameValue, quote } from '../../load/words';
import { suggest } from '../did-you-mean';
import { looksSecret, SECRET_HINT } from '../secrets';
import { branchesOf, describeSchema, listedValues, type SchemaNode, showValue } from './schema-node';
import { hintForType } from './type-hint';

/** A failed keyword in words, without the field that it is about. */
export interface Finding {
  readonly rule: string;
  readonly text: string;
  readonly hint?: string | undefined;
  /** What to add to the pointer of the error: the unknown field, the doubled item. */
  readonly below?: string | number;
  /** Whether the key is wrong, not the value. */
  readonly onKey?: boolean;
}

type Explain = (error: ErrorObject, written: string) => Finding;

/** Puts an error of ajv into words. `written` is the scalar as it stands in the file, empty when nothing does. */
export function explain(error: ErrorObject, written: string): Finding {
  const finding = (EXPLAIN.get(error.keyword) ?? other)(error, written);
  return { ...finding, hint: finding.hint ?? schemaOf(error)['x-hint'] };
}

const EXPLAIN: ReadonlyMap<string, Explain> = new Map<string, Explain>([
  ['additionalProperties', unknownField],
  ['required', missingField],
  ['type', mismatch],
  ['anyOf', noBranch],
  ['oneOf', noBranch],
  ['enum', notListed],
  ['const', notListed],
  ['pattern', badFormat],
  ['uniqueItems', duplicateItem],
  ['minimum', limit('at least')],
  ['maximum', limit('at most')],
  ['exclusiveMinimum', limit('more than')],
  ['exclusiveMaximum', limit('less than')],
  ['multipleOf', limit('a multiple of')],
  ['minLength', size('too-short', 'at least', 'character')],
  ['maxLength', size('too-long', 'at most', 'character')],
  ['minItems', size('too-few-items', 'at least', 'item')],
  ['maxItems', size('too-many-items', 'at most', 'item')],
  ['minProperties', size('too-few-items', 'at least', 'field')],
  ['maxProperties', size('too-many-items', 'at most', 'field')],
]);

function unknownField(error: ErrorObject): Finding {
  const { properties = {}, patternProperties = {} } = schemaOf(error);
  const field = String(error.params.additionalProperty);
  const patterns = Object.keys(patternProperties);
  if (patterns.length > 0) return { ...badKey(error, field, patterns), below: field, onKey: true };
  const hint = fieldHint(field, Object.keys(properties));
  return { rule: 'unknown-field', text: 'unknown field', hint, below: field, onKey: true };
}

function badKey(error: ErrorObject, key: string, patterns: readonly string[]): Finding {
  const help = schemaOf(error)['x-pattern-help'];
  const lower = key.toLowerCase();
  const isCase = patterns.some((pattern) => new RegExp(pattern, 'u').test(lower));
  return {
    rule: 'bad-format',
    text: `key ${quote(key)} ${help ? `is not ${help}` : `does not match ${patterns.join(' or ')}`}`,
    hint: isCase ? `did you mean ${quote(lower)}?` : undefined,
  };
}

function fieldHint(field: string, allowed: readonly string[]): string {
  const nearest = suggest(field, allowed);
  if (nearest !== undefined) return `did you mean ${quote(nearest)}?`;
  return looksSecret(field) ? SECRET_HINT : `allowed here: ${allowed.join(', ') || 'nothing'}`;
}

function missingField(error: ErrorObject): Finding {
  const field = String(error.params.missingProperty);
  const schema = schemaOf(error).properties?.[field] ?? {};
  const hint = schema['x-hint'] ?? `${field} takes ${describeSchema(schema, true)}`;
  return { rule: 'missing-field', text: `required field ${quote(field)} is missing`, hint, onKey: true };
}

function noBranch(error: ErrorObject, written: string): Finding {
  const branches = branchesOf(schemaOf(error));
  if (!branches.every(listedValues)) return mismatch(error, written);
  return notAllowed(
    branches.flatMap((branch) => listedValues(branch) ?? []),
    error.data,
    written,
  );
}

function mismatch(error: ErrorObject, written: string): Finding {
  const schema = schemaOf(error);
  const value: unknown = error.data;
  const listed = listedValues(schema);
  if (listed && !listed.includes(written)) return notAllowed(listed, value, written);
  const mark = /\/\d+$/.test(error.instancePath) ? 'dash' : 'colon';
  const empty = value === null && written === '' ? ` (nothing after the ${mark}?)` : '';
  const expected = describeSchema(schema, typeof value === 'string');
  const text = `expected ${expected}, found ${nameValue(value, written)}${empty}`;
  return { rule: 'wrong-type', text, hint: hintForType(schema, value, written) };
}

function notListed(error: ErrorObject, written: string): Finding {
  return notAllowed(listedValues(schemaOf(error)) ?? [], error.data, written);
}

function notAllowed(allowed: readonly unknown[], value: unknown, written: string): Finding {
  const names = allowed.map(String);
  const nearest = typeof value === 'string' && names.length > 1 ? suggest(value, names) : undefined;
  const question = nearest === undefined ? '' : `did you mean ${quote(nearest)}? `;
  const text = `${showFound(value, written)} is not allowed`;
  return { rule: 'not-allowed', text, hint: `${question}allowed: ${names.join(', ')}` };
}

function badFormat(error: ErrorObject): Finding {
  const help = schemaOf(error)['x-pattern-help'];
  const reason = help ? `is not ${help}` : `does not match ${String(error.schema)}`;
  return { rule: 'bad-format', text: `${showValue(error.data)} ${reason}` };
}

function duplicateItem(error: ErrorObject): Finding {
  const { index, first } = error.params as { index: number; first: number };
  const item: unknown = (error.data as readonly unknown[])[index];
  const text = `${showFound(item)} is in the list twice, first as [${first}]`;
  return { rule: 'duplicate-item', text, hint: 'remove one of them', below: index };
}

function limit(relation: string): Explain {
  return ({ schema, data }) => ({
    rule: 'out-of-range',
    text: `must be ${relation} ${String(schema)}, found ${String(data)}`,
  });
}

function size(rule: string, relation: string, unit: string): Explain {
  return ({ schema, data }) => {
    const found = typeof data === 'string' ? [...data].length : Object.keys(Object(data)).length;
    return {
      rule,
      text: `must have ${relation} ${String(schema)} ${unit}${schema === 1 ? '' : 's'}, found ${found}`,
    };
  };
}

function other(error: ErrorObject): Finding {
  return { rule: 'bad-value', text: error.message ?? `does not satisfy ${error.keyword}` };
}

/** A value that a sentence starts with: texts bare, others with their type. */
function showFound(value: unknown, written?: string): string {
  return typeof value === 'string' ? quote(value) : nameValue(value, written);
}

function schemaOf(error: ErrorObject): SchemaNode {
  return (error.parentSchema ?? {}) as SchemaNode;
}
