import type { PodSpec, PodTemplateSpec } from '../../imports/core';

/** A pod template anywhere in an object, and where it stands. */
export interface Template {
  readonly where: string;
  readonly metadata: NonNullable<PodTemplateSpec['metadata']>;
  readonly spec: PodSpec;
}

/** Every pod template in an object, however deep. */
export function templatesOf(value: unknown, where = ''): Template[] {
  if (typeof value !== 'object' || value === null) return [];
  const { metadata = {}, spec } = value as PodTemplateSpec;
  if (typeof spec === 'object' && 'containers' in spec) return [{ where, metadata, spec }];
  return Object.entries(value).flatMap(([key, inner]) =>
    templatesOf(inner, where === '' ? key : `${where}.${key}`),
  );
}
