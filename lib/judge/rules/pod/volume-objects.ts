import type { Pointer } from '../../../issue';
import { parsePath, visitPath } from '../path';
import { podRule } from '../pods';

const NAMES: readonly (readonly [path: readonly string[], field: string])[] = [
  [parsePath('volumes[].configMap'), 'name'],
  [parsePath('volumes[].secret'), 'secretName'],
  [parsePath('volumes[].projected.sources[].configMap'), 'name'],
  [parsePath('volumes[].projected.sources[].secret'), 'name'],
];
const SOURCES = parsePath('volumes[].projected.sources[]');

/** A volume names the ConfigMap or Secret it shows; each projected source is one thing. */
export const volumeObjects = podRule('volume-objects', (pod, at, tell) => {
  for (const [path, field] of NAMES) {
    visitPath(
      pod,
      path,
      (source, pointer: Pointer) => {
        if (!Reflect.get(Object(source), field)) tell(pointer, `lacks ${field}`);
      },
      at,
    );
  }
  visitPath(
    pod,
    SOURCES,
    (source, pointer) => {
      const kinds = Object.keys(Object(source));
      if (kinds.length > 1) tell(pointer, `must be only one thing, is ${kinds.join(' and ')}`);
    },
    at,
  );
});
