import type { Container } from '../../../../imports/core';
import type { Pointer } from '../../../issue';
import { isPort, isPortName } from '../../names';
import { containersOf, podRule } from '../pods';
import type { Tell } from '../rule';

type Lifecycle = NonNullable<Container['lifecycle']>;
type Handler = Omit<Partial<NonNullable<Container['livenessProbe']>>, 'terminationGracePeriodSeconds'> &
  Partial<NonNullable<Lifecycle['preStop']>>;

const KINDS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;

/** What is run when a container starts or stops is one thing. */
export const handlers = podRule('handlers', (pod, at, tell) => {
  for (const [{ lifecycle = {} }, where] of containersOf(pod, at)) {
    for (const name of ['postStart', 'preStop'] as const) {
      const handler = lifecycle[name];
      if (handler !== undefined) checkHandler(handler, [...where, 'lifecycle', name], tell);
    }
  }
});

/** Tells of a handler that is not exactly one thing, or one that cannot work. */
export function checkHandler(handler: Handler, at: Pointer, tell: Tell): void {
  const kinds = KINDS.filter((kind) => handler[kind] !== undefined);
  if (kinds.length === 0) tell(at, `must have one of ${KINDS.join(', ')}`);
  if (kinds.length > 1) tell(at, `must have only one of ${kinds.join(', ')}`);
  const { exec, httpGet, tcpSocket, grpc } = handler;
  if (exec !== undefined && (exec.command ?? []).length === 0)
    tell([...at, 'exec', 'command'], 'must not be empty');
  const { scheme = 'HTTP' } = httpGet ?? {};
  if (scheme !== 'HTTP' && scheme !== 'HTTPS') tell([...at, 'httpGet', 'scheme'], 'must be HTTP or HTTPS');
  for (const [kind, action] of Object.entries({ httpGet, tcpSocket, grpc })) {
    if (action === undefined) continue;
    const problem = portProblem(action.port);
    if (problem !== undefined) tell([...at, kind, 'port'], problem);
  }
}

/** What is wrong with a port that is a number or the name of one. */
export function portProblem(port: number | string): string | undefined {
  return typeof port === 'number' ? isPort(port) : isPortName(port);
}
