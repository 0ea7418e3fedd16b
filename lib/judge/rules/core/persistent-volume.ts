import { isDns1123Subdomain } from '../../names';
import { parseQuantity } from '../../quantity';
import { isCsiDriver } from '../pod/volume-sources';
import type { Rule, Tell } from '../rule';
import { checkTable, optional, required, table } from '../tables';
import { ACCESS_MODES } from './claim';

interface Spec {
  readonly accessModes?: readonly string[];
  readonly capacity?: Readonly<Record<string, string | number>>;
  readonly local?: object;
  readonly nodeAffinity?: object;
}

const FIELDS = table({
  'accessModes[]': ACCESS_MODES,
  persistentVolumeReclaimPolicy: ['', 'Retain', 'Delete', 'Recycle'],
  storageClassName: optional(isDns1123Subdomain),
  volumeMode: ['Block', 'Filesystem'],
  'csi.driver': isCsiDriver,
  'csi.volumeHandle': required,
});

/** Fields that are no source; every other one is. */
const COMMON = [
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
];

/** A volume has a size, ways to use it, and one source (ValidatePersistentVolumeSpec, Kubernetes v1.36.1). */
export const persistentVolume: Rule<{ readonly spec?: Spec }> = {
  id: 'persistent-volume',
  class: 'apiserver',
  kinds: ['v1/PersistentVolume'],
  check({ spec = {} }, tell) {
    checkTable(FIELDS, spec, ['spec'], tell);
    const { accessModes = [], local, nodeAffinity } = spec;
    if (accessModes.length === 0) tell(['spec'], 'needs accessModes');
    if (accessModes.includes('ReadWriteOncePod') && new Set(accessModes).size > 1) {
      tell(['spec', 'accessModes'], 'ReadWriteOncePod stands alone');
    }
    checkCapacity(spec, tell);
    const sources = Object.keys(spec).filter((field) => !COMMON.includes(field));
    if (sources.length !== 1) {
      tell(['spec'], `must have one source, such as csi, has ${sources.join(' and ') || 'none'}`);
    }
    if (local !== undefined && nodeAffinity === undefined) tell(['spec'], 'local needs nodeAffinity');
  },
};

function checkCapacity({ capacity = {} }: Spec, tell: Tell): void {
  const { storage, ...others } = capacity;
  if (storage === undefined) tell(['spec'], 'needs capacity.storage');
  else if ((parseQuantity(storage) ?? 1n) <= 0n) {
    tell(['spec', 'capacity', 'storage'], 'must be more than 0');
  }
  for (const name of Object.keys(others)) tell(['spec', 'capacity', name], 'is not storage');
}
