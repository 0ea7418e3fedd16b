import type { Pointer } from '../../../issue';
import { isDns1035Label, isDns1123Label, isPort, isPortName } from '../../names';
import type { KubernetesVersion } from '../../version';
import { items } from '../path';
import type { Rule, Tell } from '../rule';
import type { Backend, Ingress } from './ingress';

const SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const SUFFIXES = ['/..', '/.'];

/** Paths of an Ingress, and the Services behind them. */
export const ingressPaths: Rule<Ingress> = {
  id: 'ingress-paths',
  class: 'apiserver',
  kinds: ['networking.k8s.io/v1/Ingress'],
  check({ spec = {} }, tell, { version }) {
    if (spec.defaultBackend) checkBackend(spec.defaultBackend, ['spec', 'defaultBackend'], tell, version);
    for (const [{ http }, at] of items(spec.rules, ['spec', 'rules'])) {
      if (http?.paths.length === 0) tell([...at, 'http', 'paths'], 'must have at least one path');
      for (const [{ path = '', pathType = '', backend }, where] of items(http?.paths, [
        ...at,
        'http',
        'paths',
      ])) {
        const problem = pathProblem(path, pathType);
        if (problem !== undefined) tell([...where, 'path'], problem);
        if (!['Exact', 'Prefix', 'ImplementationSpecific'].includes(pathType)) {
          tell([...where, 'pathType'], 'must be Exact, Prefix or ImplementationSpecific');
        }
        checkBackend(backend, [...where, 'backend'], tell, version);
      }
    }
  },
};

function pathProblem(path: string, type: string): string | undefined {
  if (type === 'ImplementationSpecific')
    return path === '' || path.startsWith('/') ? undefined : 'must start with "/"';
  if (!path.startsWith('/')) return 'must start with "/"';
  const found =
    SEQUENCES.find((sequence) => path.includes(sequence)) ?? SUFFIXES.find((suffix) => path.endsWith(suffix));
  return found === undefined ? undefined : `must not contain "${found}"`;
}

function checkBackend(backend: Backend, at: Pointer, tell: Tell, version: KubernetesVersion): void {
  const { service, resource } = backend;
  if ((service === undefined) === (resource === undefined)) {
    tell(at, 'must have either a service or a resource');
    return;
  }
  if (service === undefined) return;
  // Since 1.36 (RelaxedServiceNameValidation) a Service may start with a digit.
  const problem = (version === '1.36' ? isDns1123Label : isDns1035Label)(service.name);
  if (problem !== undefined) tell([...at, 'service', 'name'], problem);
  const { name = '', number = 0 } = service.port ?? {};
  const pointer = [...at, 'service', 'port'];
  if ((name === '') === (number === 0)) tell(at, 'must have either the number or the name of a port');
  const wrong = name === '' ? (number === 0 ? undefined : isPort(number)) : isPortName(name);
  if (wrong !== undefined) tell(pointer, wrong);
}
