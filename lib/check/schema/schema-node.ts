import { quote } from '../../load/words';

/** A JSON schema, as far as findings look into it. */
export interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  /** What the pattern, of a text or of the keys of a map, stands for: `a size such as 256Gi`. */
  readonly 'x-pattern-help'?: string;
  /** How to mend a value that does not fit, as one sentence. */
  readonly 'x-hint'?: string;
}

/** The JSON type of a value; whole numbers are `integer`. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** The parts of a union, unions in unions included; a schema without union is its own only part. */
export function branchesOf(schema: SchemaNode): readonly SchemaNode[] {
  const parts = schema.anyOf ?? schema.oneOf;
  return parts ? parts.flatMap(branchesOf) : [schema];
}

/** The values that a schema lists one by one, or undefined when it takes others too. */
export function listedValues(schema: SchemaNode): readonly unknown[] | undefined {
  if (schema.enum) return schema.enum;
  return 'const' in schema ? [schema.const] : undefined;
}

/** Whether a schema takes values of the type of this one. */
export function takesTypeOf(schema: SchemaNode, value: unknown): boolean {
  return branchesOf(schema).some((branch) => {
    const types = listedValues(branch)?.map(typeOf) ?? typesOf(branch);
    return types.includes(typeOf(value)) || (typeof value === 'number' && types.includes('number'));
  });
}

/** The types that a schema without union takes. */
export function typesOf(schema: SchemaNode): readonly string[] {
  return typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
}

const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['string', 'a string'],
  ['integer', 'an integer'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a mapping'],
  ['null', 'nothing'],
]);

/**
 * What a schema takes, in words: `an integer or a mapping {interactive, jobs}`. When `precise`, patterns
 * are told too: for a value that is a string already, `a string` says nothing.
 */
export function describeSchema(schema: SchemaNode, precise: boolean): string {
  const words = branchesOf(schema).flatMap((branch) => {
    const listed = listedValues(branch);
    if (listed) return listed.map(showValue);
    return typesOf(branch).map((type) => describeType(branch, type, precise));
  });
  return joinWords([...new Set(words)]) || 'any value';
}

/** A value as a hint shows it: texts in quotes. */
export function showValue(value: unknown): string {
  return typeof value === 'string' ? quote(value) : String(JSON.stringify(value));
}

function describeType(schema: SchemaNode, type: string, precise: boolean): string {
  const name = TYPE_NAMES.get(type) ?? type;
  if (type === 'string' && precise) return schema['x-pattern-help'] ?? name;
  const fields = type === 'object' ? Object.keys(schema.properties ?? {}) : [];
  return fields.length > 0 && fields.length <= 6 ? `${name} {${fields.join(', ')}}` : name;
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
