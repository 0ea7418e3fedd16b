import type { Pointer } from '../../../issue';
import { isQualifiedName } from '../../names';
import { parsePath, visitPath } from '../path';
import { containersOf, podRule } from '../pods';
import type { Tell } from '../rule';

const SUBSCRIPT = /^(metadata\.(?:annotations|labels))\['(.*)'\]$/;
const ENV: ReadonlySet<string> = new Set([
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]);
const FILE: ReadonlySet<string> = new Set([
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  'metadata.uid',
]);
const RESOURCE = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.*)$/;

const ENV_FIELD = parsePath('env[].valueFrom.fieldRef.fieldPath');
const ENV_RESOURCE = parsePath('env[].valueFrom.resourceFieldRef.resource');
const FILE_FIELDS = [
  'volumes[].downwardAPI.items[]',
  'volumes[].projected.sources[].downwardAPI.items[]',
].map((path) => parsePath(`${path}.fieldRef.fieldPath`));

/** Fields of the pod that may be shown to its containers (core/validation v1.36.1). */
export const fieldReferences = podRule('field-references', (pod, at, tell) => {
  for (const [container, where] of containersOf(pod, at)) {
    visitPath(container, ENV_FIELD, (path, pointer) => checkField(String(path), ENV, pointer, tell), where);
    visitPath(
      container,
      ENV_RESOURCE,
      (resource, pointer) => {
        if (!RESOURCE.test(String(resource))) tell(pointer, 'must be limits or requests of a resource');
      },
      where,
    );
  }
  for (const path of FILE_FIELDS) {
    visitPath(pod, path, (field, pointer) => checkField(String(field), FILE, pointer, tell), at);
  }
});

function checkField(path: string, allowed: ReadonlySet<string>, pointer: Pointer, tell: Tell): void {
  const [, , key] = SUBSCRIPT.exec(path) ?? [];
  if (key === undefined) {
    if (!allowed.has(path)) tell(pointer, `must be one of ${[...allowed].join(', ')}`);
    return;
  }
  const problem = isQualifiedName(key);
  if (problem !== undefined) tell(pointer, problem);
}
