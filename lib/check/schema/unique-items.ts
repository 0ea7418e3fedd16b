import type { Ajv, ErrorObject } from 'ajv';

/**
 * Replaces ajv's uniqueItems: it compares lists of mappings pair by pair and throws on a field named
 * valueOf (fast-deep-equal 3.1). This one is linear and reports every duplicate.
 */
export function useLinearUniqueItems(ajv: Ajv): void {
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    errors: true,
    compile: (wanted: boolean) => {
      const validate = (items: readonly unknown[]): boolean => {
        const errors = wanted ? duplicates(items) : [];
        Object.assign(validate, { errors });
        return errors.length === 0;
      };
      return validate;
    },
  });
}

function duplicates(items: readonly unknown[]): Partial<ErrorObject>[] {
  const seen = new Map<string, number>();
  const errors: Partial<ErrorObject>[] = [];
  for (const [index, item] of items.entries()) {
    const text = JSON.stringify(item, sortKeys);
    const first = seen.get(text);
    if (first === undefined) seen.set(text, index);
    else errors.push({ keyword: 'uniqueItems', params: { index, first } });
  }
  return errors;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
