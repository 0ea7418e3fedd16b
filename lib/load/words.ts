/** Names a value as a finding does: `string "x"`, `number 42`, `a mapping`. */
export function nameValue(value: unknown, written?: string): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'null';
  if (typeof value === 'object') return 'a mapping';
  return `${typeof value} ${typeof value === 'string' ? quote(value) : (written ?? String(value))}`;
}

/** Quotes text for a message, cut after 60 characters. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}
