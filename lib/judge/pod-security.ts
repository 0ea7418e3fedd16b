import type { Container, PodSecurityContext, PodSpec } from '../../imports/core';

/** Volume types that the standard allows. */
const VOLUMES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** What Pod Security "restricted" (kubernetes.io, Pod Security Standards, v1.36) has against a pod, by field. */
export function podSecurityProblems(pod: PodSpec): string[] {
  const { securityContext = {}, initContainers = [], containers, volumes = [] } = pod;
  return [
    ...(['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => pod[field] === true),
    ...(securityContext.runAsUser === 0 ? ['runAsUser'] : []),
    ...(securityContext.sysctls === undefined ? [] : ['sysctls']),
    ...volumes.flatMap((volume) =>
      Object.keys(volume)
        .filter((key) => key !== 'name' && !VOLUMES.has(key))
        .map((type) => `volumes.${type}`),
    ),
    ...[...initContainers, ...containers].flatMap((container) =>
      containerProblems(container, securityContext),
    ),
  ];
}

/** The same for one container of a pod: also for sidecars that an operator adds. */
export function containerProblems(
  { securityContext: own = {}, ports = [] }: Pick<Container, 'securityContext' | 'ports'>,
  pod: PodSecurityContext,
): string[] {
  const seccomp = (own.seccompProfile ?? pod.seccompProfile)?.type ?? '';
  const problems: [wrong: boolean, field: string][] = [
    [own.privileged === true, 'privileged'],
    [own.allowPrivilegeEscalation !== false, 'allowPrivilegeEscalation'],
    [own.capabilities?.drop?.includes('ALL') !== true, 'capabilities.drop'],
    [(own.capabilities?.add ?? []).some((name) => name !== 'NET_BIND_SERVICE'), 'capabilities.add'],
    [(own.runAsNonRoot ?? pod.runAsNonRoot) !== true, 'runAsNonRoot'],
    [own.runAsUser === 0, 'runAsUser'],
    [!['RuntimeDefault', 'Localhost'].includes(seccomp), 'seccompProfile'],
    [(own.procMount ?? 'Default') !== 'Default', 'procMount'],
    [ports.some(({ hostPort = 0 }) => hostPort !== 0), 'hostPort'],
  ];
  return problems.filter(([wrong]) => wrong).map(([, field]) => field);
}
