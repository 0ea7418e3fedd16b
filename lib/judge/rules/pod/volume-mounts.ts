import type { Container } from '../../../../imports/core';
import type { Pointer } from '../../../issue';
import { items, valueAt } from '../path';
import { containersOf, podRule } from '../pods';
import type { Tell } from '../rule';
import { withoutBacksteps } from './volume-sources';

type Mount = NonNullable<Container['volumeMounts']>[number];

/** A mount is of a volume that there is, at a place of its own. */
export const volumeMounts = podRule('volume-mounts', (pod, at, tell) => {
  const names = new Set((pod.volumes ?? []).map(({ name }) => name));
  for (const [container, where] of containersOf(pod, at)) {
    const places = new Set<string>();
    const privileged = valueAt(container, ['securityContext', 'privileged']) === true;
    for (const [mount, pointer] of items(container.volumeMounts, [...where, 'volumeMounts'])) {
      const { name, mountPath, mountPropagation } = mount;
      if (!names.has(name)) tell([...pointer, 'name'], `no volume "${name}"`);
      if (places.has(mountPath)) tell([...pointer, 'mountPath'], `repeats the path ${mountPath}`);
      places.add(mountPath);
      checkPaths(mount, pointer, tell);
      if (mountPropagation === 'Bidirectional' && !privileged) {
        tell([...pointer, 'mountPropagation'], 'Bidirectional needs a privileged container');
      }
    }
  }
});

function checkPaths({ mountPath, subPath = '', subPathExpr = '' }: Mount, at: Pointer, tell: Tell): void {
  if (mountPath === '') tell([...at, 'mountPath'], 'must not be empty');
  for (const [field, path] of Object.entries({ subPath, subPathExpr })) {
    const problem = path.startsWith('/') ? 'must be a relative path' : withoutBacksteps(path);
    if (problem !== undefined) tell([...at, field], problem);
  }
  if (subPath !== '' && subPathExpr !== '') tell([...at, 'subPathExpr'], 'cannot stand beside subPath');
}
