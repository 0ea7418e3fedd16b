/**
 * JSON for reading in diffs: a value stands on one line when it fits into the width, otherwise one
 * element a line.
 */
export function formatJson(value: unknown, width = 110): string {
  return `${lines(value, width, '')}\n`;
}

function lines(value: unknown, width: number, indent: string): string {
  const flat = JSON.stringify(value);
  if (indent.length + flat.length <= width || typeof value !== 'object' || value === null) return flat;
  const inner = `${indent} `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const elements = Array.isArray(value)
    ? value.map((item) => inner + lines(item, width, inner))
    : Object.entries(value).map(
        ([key, item]) => `${inner}${JSON.stringify(key)}: ${lines(item, width, inner)}`,
      );
  return `${open}\n${elements.join(',\n')}\n${indent}${close}`;
}
