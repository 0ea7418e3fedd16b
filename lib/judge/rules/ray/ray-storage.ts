import type { Pointer } from '../../../issue';
import { items } from '../path';
import type { Tell } from '../rule';
import { clusterRule, envOf, type Group } from './cluster-spec';

const REDIS = ['redisAddress', 'redisUsername', 'redisPassword', 'externalStorageNamespace'] as const;
const VARIABLES = ['RAY_GCS_STORAGE', 'RAY_GCS_STORAGE_PATH'];
const VOLUME = 'gcs-storage';
const PATH = '/data/gcs';

/** Ray keeps its state in Redis or in a volume (validateGcsFaultToleranceBackend of KubeRay v1.7.0). */
export const rayStorage = clusterRule('ray-storage', (spec, at, tell) => {
  const { gcsFaultToleranceOptions: options, headGroupSpec: head } = spec;
  if (options === undefined) return;
  const pointer = [...at, 'gcsFaultToleranceOptions'];
  const { backend, storage } = options;
  if (backend !== 'rocksdb') {
    if (storage !== undefined) tell([...pointer, 'storage'], 'needs backend rocksdb');
    return;
  }
  for (const field of REDIS) {
    if (options[field] !== undefined && options[field] !== '')
      tell([...pointer, field], 'cannot stand beside backend rocksdb');
  }
  const { claimName = '', size, storageClassName, accessModes = [] } = storage ?? {};
  if (claimName !== '' && (size !== undefined || storageClassName !== undefined || accessModes.length > 0))
    tell([...pointer, 'storage', 'claimName'], 'cannot stand beside the size, class or modes of a new claim');
  checkHead(head, [...at, 'headGroupSpec', 'template', 'spec'], tell);
});

function checkHead(head: Group, at: Pointer, tell: Tell): void {
  for (const name of VARIABLES) {
    if (envOf(head, name) !== undefined) tell(at, `${name} is set by KubeRay itself`);
  }
  const { containers = [], volumes = [] } = head.template.spec ?? {};
  for (const [mount, pointer] of items(containers[0]?.volumeMounts, [
    ...at,
    'containers',
    0,
    'volumeMounts',
  ])) {
    if (mount.name === VOLUME || mount.mountPath === PATH) tell(pointer, 'is mounted by KubeRay itself');
  }
  for (const [{ name }, pointer] of items(volumes, [...at, 'volumes'])) {
    if (name === VOLUME) tell(pointer, 'is added by KubeRay itself');
  }
}
