/** The parts of our JSON schemas that documentation reads. */
export interface SchemaNode {
  readonly type?: string | undefined;
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, SchemaNode>> | undefined;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>> | undefined;
  readonly items?: SchemaNode | undefined;
  readonly anyOf?: readonly SchemaNode[] | undefined;
  readonly required?: readonly string[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minItems?: number | undefined;
  readonly 'x-pattern-help'?: string | undefined;
}

export interface Field {
  readonly name: string;
  readonly node: SchemaNode;
  readonly required: boolean;
}

/** The objects that a value may be: itself, its items, the values of a map, the members of a union. */
export function objectsIn(node: SchemaNode): SchemaNode[] {
  const inner = [
    ...(node.anyOf ?? []),
    ...(node.items === undefined ? [] : [node.items]),
    ...Object.values(node.patternProperties ?? {}),
  ];
  return [...(node.properties === undefined ? [] : [node]), ...inner.flatMap(objectsIn)];
}

/** Fields of a value, of all objects it may be, in the order of the schema; fields of one name are united. */
export function fieldsOf(node: SchemaNode): Field[] {
  const fields = new Map<string, Field>();
  for (const object of objectsIn(node)) {
    for (const [name, child] of Object.entries(object.properties ?? {})) {
      const known = fields.get(name)?.node;
      const required = object.required?.includes(name) ?? false;
      fields.set(name, { name, node: known === undefined ? child : unite(known, child), required });
    }
  }
  return [...fields.values()];
}

function unite(a: SchemaNode, b: SchemaNode): SchemaNode {
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  return { description: a.description, anyOf: [a, b] };
}

/** A type as kubectl explain prints it, for people: `<[]Object>`, `<map[string]Object>`, `<number | Object>`. */
export function typeName(node: SchemaNode): string {
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(typeName))].join(' | ');
  if (node.items !== undefined) return `[]${wrap(typeName(node.items))}`;
  const [value] = Object.values(node.patternProperties ?? {});
  if (value !== undefined) return `map[string]${wrap(typeName(value))}`;
  if (node.properties !== undefined) return 'Object';
  if (node.const !== undefined) return JSON.stringify(node.const);
  return node.type ?? 'any';
}

function wrap(type: string): string {
  return type.includes(' | ') ? `(${type})` : type;
}

/** What is allowed beyond the type, as one sentence, or an empty string. */
export function limitsOf(node: SchemaNode): string {
  if (node.enum !== undefined) return `One of: ${node.enum.join(', ')}.`;
  const help = node['x-pattern-help'];
  if (help !== undefined) {
    const length = node.maxLength === undefined ? '' : `, at most ${node.maxLength} characters`;
    return `Written as ${help}${length}.`;
  }
  if (node.exclusiveMinimum !== undefined)
    return `More than ${node.exclusiveMinimum}, at most ${node.maximum}.`;
  if (node.minimum !== undefined) return `From ${node.minimum} to ${node.maximum}.`;
  return node.minItems ? `At least ${node.minItems}.` : '';
}
