import { isMap } from '../../defaults';
import { valueAt } from '../path';
import { POD_KINDS, podPath } from '../pods';
import type { Rule } from '../rule';

/** What makes pods says which. */
export const podSpec: Rule<object> = {
  id: 'pod-spec',
  class: 'apiserver',
  kinds: POD_KINDS,
  check(object, tell) {
    const path = podPath(object);
    if (!isMap(valueAt(object, path))) tell([], `needs ${path.join('.')} with containers`);
  },
};
