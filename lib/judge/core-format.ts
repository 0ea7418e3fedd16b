import { refTo, type Schema } from '../model/schema';
import { parseQuantity } from './quantity';

type Decode = (value: unknown) => readonly string[];

const NONE: readonly string[] = [];

/** Go types that decode themselves, by reference: what each says against a value. */
export const SELF_DECODING: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  [refTo('io.k8s.apimachinery.pkg.api.resource.Quantity'), quantity],
  [refTo('io.k8s.apimachinery.pkg.util.intstr.IntOrString'), intOrString],
]);

function quantity(value: unknown): readonly string[] {
  if (typeof value !== 'string' && typeof value !== 'number')
    return ['must be a quantity such as "500m" or "4Gi"'];
  return parseQuantity(value) === undefined
    ? [`must be a quantity such as "500m" or "4Gi", not ${JSON.stringify(value)}`]
    : NONE;
}

function intOrString(value: unknown): readonly string[] {
  if (typeof value === 'string') return NONE;
  return Number.isInteger(value) ? int32(value as number) : ['must be integer or string'];
}

/** What Go's decoder says against a number or text of a format. Custom resources are not held to it. */
export function coreFormat({ format, type }: Schema, value: unknown): readonly string[] {
  if (type === 'integer' && typeof value === 'number')
    return format === 'int32' ? int32(value) : int64(value);
  if (format === 'byte' && typeof value === 'string' && !isBase64(value))
    return ['must be base64 with padding'];
  return NONE;
}

function int32(value: number): readonly string[] {
  return value >= -(2 ** 31) && value < 2 ** 31 ? NONE : ['must fit into 32 bits'];
}

function int64(value: number): readonly string[] {
  return value >= -(2 ** 63) && value < 2 ** 63 ? NONE : ['must fit into 64 bits'];
}

function isBase64(text: string): boolean {
  const bare = text.replace(/[\r\n]/g, '');
  return bare.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(bare);
}
