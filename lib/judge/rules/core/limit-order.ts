import type { Pointer } from '../../../issue';
import { ONE, parseQuantity } from '../../quantity';
import { items } from '../path';
import { mayOvercommit } from '../resources';
import type { Rule, Tell } from '../rule';
import type { Limit, LimitRange } from './limit-range';

type Part = 'min' | 'max' | 'default' | 'defaultRequest';

/** Pairs of which the first must not be more than the second. */
const ORDER: readonly (readonly [less: Part, more: Part])[] = [
  ['min', 'max'],
  ['min', 'defaultRequest'],
  ['defaultRequest', 'max'],
  ['defaultRequest', 'default'],
  ['min', 'default'],
  ['default', 'max'],
];

/** The amounts of a LimitRange are in order: min, defaultRequest, default, max. */
export const limitOrder: Rule<LimitRange> = {
  id: 'limit-order',
  class: 'apiserver',
  kinds: ['v1/LimitRange'],
  check({ spec }, tell) {
    for (const [limit, at] of items(spec?.limits, ['spec', 'limits'])) {
      const names = new Set(
        [limit.min, limit.max, limit.default, limit.defaultRequest, limit.maxLimitRequestRatio].flatMap(
          (amounts) => Object.keys(amounts ?? {}),
        ),
      );
      for (const name of names) checkResource(limit, name, at, tell);
    }
  },
};

function checkResource(limit: Limit, name: string, at: Pointer, tell: Tell): void {
  const amount = (part: Part | 'maxLimitRequestRatio') => {
    const written = limit[part]?.[name];
    return written === undefined ? undefined : parseQuantity(written);
  };
  for (const [less, more] of ORDER) {
    const [a, b] = [amount(less), amount(more)];
    if (a !== undefined && b !== undefined && a > b) tell([...at, less, name], `must be at most ${more}`);
  }
  const [min, max, ratio] = [amount('min'), amount('max'), amount('maxLimitRequestRatio')];
  const place = [...at, 'maxLimitRequestRatio', name];
  if (ratio !== undefined && ratio < ONE) tell(place, 'must be at least 1');
  if (ratio !== undefined && min && max !== undefined && ratio * min > max * ONE) {
    tell(place, 'must be at most max / min');
  }
  const [least, most] = [amount('defaultRequest'), amount('default')];
  if (!mayOvercommit(name) && least !== undefined && most !== undefined && least !== most) {
    tell([...at, 'defaultRequest', name], 'must equal default: this resource cannot be shared');
  }
}
