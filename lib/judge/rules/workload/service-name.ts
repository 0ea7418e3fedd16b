import { isDns1123Label } from '../../names';
import type { Rule } from '../rule';
import { checkTable, optional, table } from '../tables';

const FIELDS = table({ 'spec.serviceName': optional(isDns1123Label) });

/** The service of a new StatefulSet is part of the names of its pods; that of an old one cannot be changed. */
export const serviceName: Rule<object> = {
  id: 'service-name',
  class: 'apiserver',
  kinds: ['apps/v1/StatefulSet'],
  check(object, tell, { old }) {
    if (old === undefined) checkTable(FIELDS, object, [], tell);
  },
};
