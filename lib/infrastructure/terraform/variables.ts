import type { Module } from './modules';

/** Arguments of a module call that are not its variables. */
const META = ['source', 'version'];

/**
 * Variables of a module call, and attributes of their objects, that are not in the list of the module. Keys of maps
 * are free: a map of objects is told by values that are all objects.
 */
export function unknownVariables(call: Readonly<Record<string, unknown>>, { variables }: Module): string[] {
  return Object.entries(call)
    .filter(([name]) => !META.includes(name))
    .flatMap(([name, value]) => {
      const known = variables[name];
      if (known === undefined) return [name];
      if (known.length === 0) return [];
      const used = new Set(isMap(value) ? Object.values(value).flatMap(attributes) : []);
      return [...used]
        .filter((attribute) => !known.includes(attribute))
        .map((attribute) => `${name}.${attribute}`);
    });
}

/** Variables that text in HCL declares, each with every attribute that its type names. */
export function declaredVariables(hcl: string): Map<string, ReadonlySet<string>> {
  const blocks = hcl.split(/^variable "/m).slice(1);
  return new Map(
    blocks.map((block) => [
      block.slice(0, block.indexOf('"')),
      new Set([...block.matchAll(/^\s+(\w+)\s*=/gm)].map(([, name = '']) => name)),
    ]),
  );
}

function attributes(value: unknown): string[] {
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (FREE.has(key)) return [key];
    const items = isMapOfObjects(inner) ? Object.values(inner).flatMap(attributes) : attributes(inner);
    return [key, ...items];
  });
}

/** Maps of text whose keys are ours. */
const FREE = new Set(['labels']);

/** Maps of objects by names of ours. */
function isMapOfObjects(value: unknown): value is Record<string, unknown> {
  return isMap(value) && Object.values(value).length > 0 && Object.values(value).every(isMap);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
