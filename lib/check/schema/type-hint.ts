import { branchesOf, type SchemaNode, typesOf } from './schema-node';

const YES_NO: ReadonlyMap<string, string> = new Map([
  ['yes', 'true'],
  ['y', 'true'],
  ['on', 'true'],
  ['true', 'true'],
  ['no', 'false'],
  ['n', 'false'],
  ['off', 'false'],
  ['false', 'false'],
]);

/** How to turn a value into one of the type that the schema takes, when that is a matter of writing. */
export function hintForType(schema: SchemaNode, value: unknown, written: string): string | undefined {
  const types = new Set(branchesOf(schema).flatMap(typesOf));
  if ((typeof value === 'number' || typeof value === 'boolean') && types.has('string')) {
    return hintForQuotes(schema, written);
  }
  if (typeof value === 'string') return hintForText(types, value);
  if (types.has('array') && !Array.isArray(value) && typeof value === 'number') return `write [${written}]`;
  return undefined;
}

/** Quotes help only where the text is then accepted: `1024` is no size either way. */
function hintForQuotes(schema: SchemaNode, written: string): string | undefined {
  const texts = branchesOf(schema).filter((branch) => typesOf(branch).includes('string'));
  const fits = texts.some(({ pattern }) => pattern === undefined || new RegExp(pattern).test(written));
  if (fits) return `quote it: "${written}"`;
  const help = texts.map((branch) => branch['x-pattern-help']).find((text) => text !== undefined);
  return help === undefined ? undefined : `write ${help}`;
}

function hintForText(types: ReadonlySet<string>, text: string): string | undefined {
  const truth = YES_NO.get(text.toLowerCase());
  if (types.has('boolean') && truth) return `write ${truth}, without quotes`;
  if ((types.has('integer') || types.has('number')) && /^-?\d+(\.\d+)?$/.test(text))
    return 'remove the quotes';
  if (types.has('object') && /^[\w.-]+:\S/.test(text)) return 'put a space after the colon';
  if (types.has('array') && /^[^\s,[\]{}]+$/.test(text)) return `write [${text}]`;
  return undefined;
}
