import { isDns1123Label } from '../../names';
import { items } from '../path';
import { podRule } from '../pods';

/** Each volume has its own name, and at most one source: one without is an emptyDir. */
export const volumes = podRule('volumes', (pod, at, tell) => {
  const seen = new Set<string>();
  for (const [volume, pointer] of items(pod.volumes, [...at, 'volumes'])) {
    const problem = isDns1123Label(volume.name);
    if (problem !== undefined) tell([...pointer, 'name'], problem);
    if (seen.has(volume.name)) tell([...pointer, 'name'], `repeats the name "${volume.name}"`);
    seen.add(volume.name);
    const sources = Object.keys(volume).filter((key) => key !== 'name');
    if (sources.length > 1) tell(pointer, `must have only one source, has ${sources.join(' and ')}`);
  }
});
