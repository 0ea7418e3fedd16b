import type { Pointer } from '../../../issue';
import { isQualifiedName } from '../../names';
import { items } from '../path';
import { type Amounts, anyResource, checkNames, containerResource } from '../resources';
import type { Rule, Tell } from '../rule';

/** One line of a LimitRange. */
export interface Limit {
  readonly type: string;
  readonly min?: Amounts;
  readonly max?: Amounts;
  readonly default?: Amounts;
  readonly defaultRequest?: Amounts;
  readonly maxLimitRequestRatio?: Amounts;
}

/** A LimitRange, as far as rules look at it. */
export type LimitRange = { readonly spec?: { readonly limits?: readonly Limit[] } };

const TYPES = ['Pod', 'Container', 'PersistentVolumeClaim'];
const PARTS = ['min', 'max', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;

/** What is limited: each type once, with resources that it has. */
export const limitRange: Rule<LimitRange> = {
  id: 'limit-range',
  class: 'apiserver',
  kinds: ['v1/LimitRange'],
  check({ spec }, tell) {
    const seen = new Set<string>();
    for (const [limit, at] of items(spec?.limits, ['spec', 'limits'])) {
      if (seen.has(limit.type)) tell([...at, 'type'], `repeats the type ${limit.type}`);
      seen.add(limit.type);
      checkType(limit, at, tell);
      const problemOf = limit.type === 'Pod' || limit.type === 'Container' ? containerResource : anyResource;
      for (const part of PARTS) checkNames(limit[part], [...at, part], problemOf, tell);
    }
  },
};

function checkType({ type, min, max, ...rest }: Limit, at: Pointer, tell: Tell): void {
  const problem = isQualifiedName(type);
  if (problem !== undefined) tell([...at, 'type'], problem);
  else if (!type.includes('/') && !TYPES.includes(type))
    tell([...at, 'type'], `must be one of ${TYPES.join(', ')}`);
  if (type === 'Pod') {
    for (const part of ['default', 'defaultRequest'] as const) {
      if (Object.keys(rest[part] ?? {}).length > 0) tell([...at, part], 'is not for type Pod');
    }
  }
  if (type === 'PersistentVolumeClaim' && min?.storage === undefined && max?.storage === undefined) {
    tell(at, 'needs the least or the most storage');
  }
}
