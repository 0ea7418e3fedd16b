import type { Pointer } from '../../../issue';
import { isConfigKey } from '../../names';
import { parsePath, visitPath } from '../path';
import { containersOf, podRule } from '../pods';

interface Reference {
  readonly name?: string;
  readonly key: string;
}

const PLACES = ['env[].valueFrom.configMapKeyRef', 'env[].valueFrom.secretKeyRef'].map(parsePath);

/** A key of a ConfigMap or a Secret is named with its object. */
export const keyReferences = podRule('key-references', (pod, at, tell) => {
  const check = (value: unknown, pointer: Pointer) => {
    const { name = '', key } = value as Reference;
    if (name === '') tell(pointer, 'lacks the name of the object');
    const problem = isConfigKey(key);
    if (problem !== undefined) tell([...pointer, 'key'], problem);
  };
  for (const [container, where] of containersOf(pod, at)) {
    for (const path of PLACES) visitPath(container, path, check, where);
  }
});
