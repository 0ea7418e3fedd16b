import {
  boolCoreTag,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml';

const PLAIN_TAGS = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag];

/** The value of a scalar by the YAML 1.2 core schema: `yes` is a string, `0042` is 42. */
export function scalarValue(text: string, event: ScalarEvent): string | number | boolean | null {
  const source = getScalarValue(text, event);
  if (event.style !== SCALAR_STYLE.PLAIN) return source;
  for (const tag of PLAIN_TAGS) {
    const value: unknown = tag.resolve(source, false, tag.tagName);
    if (value === NOT_RESOLVED) continue;
    // Minus zero would be dumped as -0.0, which no Kubernetes integer field accepts.
    return value === 0 ? 0 : (value as number | boolean | null);
  }
  return source;
}
