import type { Pointer } from '../../../issue';
import { isPort, isPortName } from '../../names';
import { items } from '../path';
import { containersOf, podRule } from '../pods';

/** Numbers and names of ports; a port of the node is taken once. */
export const containerPorts = podRule('container-ports', (pod, at, tell) => {
  const hostPorts = new Set<string>();
  for (const [container, where] of containersOf(pod, at)) {
    const names = new Set<string>();
    for (const [port, pointer] of items(container.ports, [...where, 'ports'])) {
      const { name = '', containerPort, hostPort = 0, hostIP = '', protocol = 'TCP' } = port;
      report([...pointer, 'containerPort'], isPort(containerPort));
      if (name !== '') report([...pointer, 'name'], isPortName(name) ?? again(names, name));
      if (hostPort === 0) continue;
      report([...pointer, 'hostPort'], isPort(hostPort));
      // Init containers run one after the other.
      if (where.at(-2) === 'containers') {
        report([...pointer, 'hostPort'], again(hostPorts, `${protocol}/${hostIP}/${hostPort}`));
      }
      if (pod.hostNetwork === true && hostPort !== containerPort && where.at(-2) === 'containers') {
        tell([...pointer, 'hostPort'], 'must equal containerPort when hostNetwork is true');
      }
    }
  }

  function report(pointer: Pointer, problem: string | undefined): void {
    if (problem !== undefined) tell(pointer, problem);
  }
});

function again(seen: Set<string>, key: string): string | undefined {
  if (seen.has(key)) return `repeats ${key}`;
  seen.add(key);
  return undefined;
}
