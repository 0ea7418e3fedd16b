import { containersOf, podRule } from '../pods';

/** There is a container, and each has its own name. */
export const containerNames = podRule('container-names', (pod, at, tell) => {
  if (pod.containers.length === 0) tell([...at, 'containers'], 'must have at least one container');
  const seen = new Set<string>();
  for (const [{ name }, pointer] of containersOf(pod, at)) {
    if (seen.has(name)) tell([...pointer, 'name'], `repeats the name "${name}"`);
    seen.add(name);
  }
});
