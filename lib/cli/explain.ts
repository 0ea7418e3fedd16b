import clusterSchema from '../../imports/schemas/cluster.json';
import tenantSchema from '../../imports/schemas/tenant.json';
import { suggest } from '../check/did-you-mean';
import { own } from '../own';
import { fieldsOf, limitsOf, type SchemaNode, typeName } from '../reference/fields';
import { type Command, UsageError } from './command';

const ROOTS: Readonly<Record<string, SchemaNode>> = { tenant: tenantSchema, cluster: clusterSchema };

/** Documentation of one field from the schema itself. */
export const explain: Command = {
  name: 'explain',
  args: 'FIELD',
  summary: 'Explain a field of tenant or cluster files, like kubectl explain.',
  options: [],
  examples: [
    ['tenantry explain tenant.spec.quota', 'what quota means, its fields, units and defaults'],
    ['tenantry explain cluster.spec.pools', 'how node pools are written'],
  ],
  run({ args, out }) {
    const [path] = args;
    if (path === undefined || args.length > 1)
      throw new UsageError('explain takes one FIELD, such as tenant.spec.quota');
    for (const line of describe(path, find(path))) out(line);
    return 0;
  },
};

function find(path: string): SchemaNode {
  const [kind = '', ...segments] = path.replaceAll(/\[\d*\]/g, '').split('.');
  let node = own(ROOTS, kind.toLowerCase());
  if (node === undefined) throw new UsageError(`"${kind}" is not a kind: use tenant or cluster`);
  for (const segment of segments) node = child(node, segment, path);
  return node;
}

function child(node: SchemaNode, name: string, path: string): SchemaNode {
  const fields = fieldsOf(node);
  const field = fields.find((candidate) => candidate.name === name);
  if (field !== undefined) return field.node;
  const value = mapValue(node);
  if (value !== undefined) return value;
  const names = fields.map((candidate) => candidate.name);
  const nearest = suggest(name, names);
  const hint =
    nearest === undefined ? `fields here: ${names.join(', ') || 'none'}` : `did you mean "${nearest}"?`;
  throw new UsageError(`${path}: there is no field "${name}"; ${hint}`);
}

/** What a map holds, so that a key can be named: the a10g of gpus.a10g, the prod of clusters.prod. */
function mapValue(node: SchemaNode): SchemaNode | undefined {
  const [value] = [node, ...(node.anyOf ?? [])].flatMap((part) =>
    Object.values(part.patternProperties ?? {}),
  );
  // Values of some maps, such as env, say no more than the map.
  return value && { ...value, description: value.description ?? node.description };
}

function describe(path: string, node: SchemaNode): string[] {
  const fields = fieldsOf(node);
  return [
    `FIELD: ${path} <${typeName(node)}>`,
    '',
    'DESCRIPTION:',
    ...wrap([node.description, limitsOf(node)].filter(Boolean).join(' '), '    '),
    ...(fields.length === 0 ? [] : ['', 'FIELDS:']),
    ...fields.flatMap((field) => [
      `  ${field.name}\t<${typeName(field.node)}>${field.required ? ' -required-' : ''}`,
      ...wrap([field.node.description, limitsOf(field.node)].filter(Boolean).join(' '), '    '),
      '',
    ]),
  ];
}

function wrap(paragraph: string, indent: string, width = 90): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line.length + word.length + 1 > width && line !== '') {
      lines.push(indent + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}
