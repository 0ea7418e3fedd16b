import { isQualifiedName } from '../../names';
import type { Rule } from '../rule';
import { checkTable, required, table } from '../tables';

const FIELDS = table({
  provisioner: (name) => required(name) ?? isQualifiedName(name.toLowerCase()),
  reclaimPolicy: ['Delete', 'Retain'],
  volumeBindingMode: ['Immediate', 'WaitForFirstConsumer'],
});

/** Who makes volumes of a class, and what becomes of them. */
export const storageClass: Rule<object> = {
  id: 'storage-class',
  class: 'apiserver',
  kinds: ['storage.k8s.io/v1/StorageClass'],
  check(object, tell) {
    checkTable(FIELDS, object, [], tell);
  },
};
