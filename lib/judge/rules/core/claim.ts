import type { LabelSelector } from '../../../../imports/core';
import type { Pointer } from '../../../issue';
import { isDns1123Subdomain } from '../../names';
import { parseQuantity } from '../../quantity';
import { parsePath, visitPath } from '../path';
import type { Rule, Tell } from '../rule';
import { checkSelector } from '../selectors';
import { checkTable, optional, table } from '../tables';

interface Spec {
  readonly accessModes?: readonly string[];
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
  readonly selector?: LabelSelector;
}

/** How nodes and pods may use a volume. */
export const ACCESS_MODES: readonly string[] = [
  'ReadWriteOnce',
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOncePod',
];

const FIELDS = table({
  'accessModes[]': ACCESS_MODES,
  storageClassName: optional(isDns1123Subdomain),
  volumeAttributesClassName: optional(isDns1123Subdomain),
  volumeMode: ['Block', 'Filesystem'],
});

const PLACES: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: 'spec',
  StatefulSet: 'spec.volumeClaimTemplates[].spec',
};

/** What a claim for storage asks for. */
export const claim: Rule<{ readonly kind: string }> = {
  id: 'claim',
  class: 'apiserver',
  kinds: ['v1/PersistentVolumeClaim', 'apps/v1/StatefulSet'],
  check(object, tell) {
    const path = parsePath(PLACES[object.kind] ?? '');
    if (object.kind === 'PersistentVolumeClaim' && !('spec' in object)) checkClaim({}, ['spec'], tell);
    visitPath(object, path, (spec, at) => checkClaim(spec as Spec, at, tell));
  },
};

function checkClaim(spec: Spec, at: Pointer, tell: Tell): void {
  checkTable(FIELDS, spec, at, tell);
  checkSelector(spec.selector, [...at, 'selector'], tell);
  const { accessModes = [] } = spec;
  if (accessModes.length === 0) tell(at, 'needs accessModes');
  if (accessModes.includes('ReadWriteOncePod') && new Set(accessModes).size > 1) {
    tell([...at, 'accessModes'], 'ReadWriteOncePod stands alone');
  }
  const storage = spec.resources?.requests?.storage;
  if (storage === undefined) tell(at, 'needs resources.requests.storage');
  else if ((parseQuantity(storage) ?? 1n) <= 0n) {
    tell([...at, 'resources', 'requests', 'storage'], 'must be more than 0');
  }
}
