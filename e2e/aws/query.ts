/** A request or an answer of an AWS Query API: EC2 and IAM. Lists of a request are objects with the keys 1, 2, … */
export type Value = string | number | boolean | undefined | readonly Value[] | Fields;
export interface Fields {
  readonly [name: string]: Value;
}

/** An error that AWS would answer with. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Reads a form such as `Filter.1.Name=state&Filter.1.Value.1=running`. */
export function parseQuery(form: string): Fields {
  const root: Record<string, Value> = {};
  for (const [path, value] of new URLSearchParams(form)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let place = root;
    for (const key of keys) {
      place[key] ??= {};
      place = place[key] as Record<string, Value>;
    }
    place[last] = value;
  }
  return root;
}

/** The items of a list of a request. */
export function itemsOf<T extends Value = Fields>(list: Value): T[] {
  return Object.values((list ?? {}) as Fields) as T[];
}

/** A field of a request that is text, wherever it lies. Default: empty. */
export function textOf(value: Value, ...path: readonly string[]): string {
  const found = path.reduce<Value>((place, key) => (place as Fields | undefined)?.[key], value);
  return found === undefined ? '' : String(found);
}

/** XML of an answer; EC2 calls an item of a list `item`, IAM `member`. */
export function toXml(value: Value, item: string): string {
  if (Array.isArray(value)) return value.map((one) => `<${item}>${toXml(one, item)}</${item}>`).join('');
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value)
    .map(([key, field]) => (field === undefined ? '' : `<${key}>${toXml(field, item)}</${key}>`))
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
