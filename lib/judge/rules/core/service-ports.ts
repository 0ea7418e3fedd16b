import type { Pointer } from '../../../issue';
import { isDns1123Label, isPort, isQualifiedName } from '../../names';
import { items } from '../path';
import { portProblem } from '../pod/handlers';
import type { Rule, Tell } from '../rule';
import { isHeadless, type Service, type ServicePort } from './service';

/** Ports of a Service: there are some, each with an own name and an own number. */
export const servicePorts: Rule<Service> = {
  id: 'service-ports',
  class: 'apiserver',
  kinds: ['v1/Service'],
  check({ spec = {} }, tell) {
    const { type = 'ClusterIP', ports = [] } = spec;
    if (ports.length === 0 && !isHeadless(spec) && type !== 'ExternalName') tell(['spec'], 'needs ports');
    const seen = new Set<string>();
    for (const [port, at] of items(ports, ['spec', 'ports'])) {
      if (!port.name && ports.length > 1) tell(at, 'needs a name beside other ports');
      checkPort(port, type, at, tell);
      for (const key of keysOf(port)) {
        if (seen.has(key)) tell(at, `repeats ${key}`);
        seen.add(key);
      }
    }
  },
};

/** What no two ports of a Service may share. */
function keysOf({ name, port, protocol = 'TCP', nodePort }: ServicePort): string[] {
  return [
    `${protocol}/${port}`,
    ...(name ? [`name ${name}`] : []),
    ...(nodePort ? [`node port ${protocol}/${nodePort}`] : []),
  ];
}

function checkPort(port: ServicePort, type: string, at: Pointer, tell: Tell): void {
  const { name, targetPort, protocol = 'TCP', nodePort, appProtocol } = port;
  const problems = {
    name: name ? isDns1123Label(name) : undefined,
    port: isPort(port.port),
    // Zero stands for the same number as the port.
    targetPort: targetPort ? portProblem(targetPort) : undefined,
    protocol: ['TCP', 'UDP', 'SCTP'].includes(protocol) ? undefined : 'must be TCP, UDP or SCTP',
    appProtocol: appProtocol === undefined ? undefined : isQualifiedName(appProtocol),
    nodePort: nodePort && type === 'ClusterIP' ? 'is not for type ClusterIP' : undefined,
  };
  for (const [field, problem] of Object.entries(problems)) {
    if (problem !== undefined) tell([...at, field], problem);
  }
}
