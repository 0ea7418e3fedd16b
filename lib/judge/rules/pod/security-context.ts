import type { Pointer } from '../../../issue';
import { containersOf, podRule } from '../pods';
import type { Tell } from '../rule';

interface Context {
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: readonly string[] };
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly fsGroup?: number;
  readonly seccompProfile?: { readonly type: string; readonly localhostProfile?: string };
}

const MOST = 2 ** 31 - 1;

/** Ids of users and groups, and settings that contradict each other. */
export const securityContext = podRule('security-context', (pod, at, tell) => {
  if (pod.hostPID === true && pod.shareProcessNamespace === true) {
    tell([...at, 'shareProcessNamespace'], 'cannot be true when hostPID is');
  }
  checkContext(pod.securityContext as Context | undefined, [...at, 'securityContext'], tell);
  for (const [{ securityContext: context }, where] of containersOf(pod, at)) {
    checkContext(context as Context | undefined, [...where, 'securityContext'], tell);
  }
});

function checkContext(context: Context = {}, at: Pointer, tell: Tell): void {
  for (const field of ['runAsUser', 'runAsGroup', 'fsGroup'] as const) {
    const id = context[field] ?? 0;
    if (id < 0 || id > MOST) tell([...at, field], `must be from 0 to ${MOST}`);
  }
  const { privileged = false, allowPrivilegeEscalation = true, capabilities, seccompProfile } = context;
  const escalates = privileged || capabilities?.add?.includes('CAP_SYS_ADMIN') === true;
  if (!allowPrivilegeEscalation && escalates) {
    tell([...at, 'allowPrivilegeEscalation'], 'cannot be false with privileged or CAP_SYS_ADMIN');
  }
  if (seccompProfile === undefined) return;
  const { type, localhostProfile } = seccompProfile;
  if ((type === 'Localhost') !== (localhostProfile !== undefined)) {
    tell([...at, 'seccompProfile'], 'localhostProfile belongs to type Localhost, and to it only');
  }
}
