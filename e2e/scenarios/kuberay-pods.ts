import { isDeepStrictEqual } from 'node:util';
import type { Body } from '../api';
import type { Ray } from './kuberay-objects';
import type { Token } from './kuberay-token';

/** Fields of a pod that are those of its template, whatever KubeRay and admission add elsewhere. */
const COPIED = [
  'serviceAccountName',
  'automountServiceAccountToken',
  'priorityClassName',
  'nodeSelector',
  'securityContext',
];

/** What a pod that KubeRay made has otherwise than its template and the tenant's rules want it. */
export function faultsOf(pod: Ray, template: Body, token: Token): string[] {
  const { metadata, spec } = pod as Body;
  const containers: Body[] = [...spec.containers, ...(spec.initContainers ?? [])];
  return [
    ...COPIED.filter((field) => !isDeepStrictEqual(spec[field], template.spec[field])).map(
      (field) =>
        `${field} is ${JSON.stringify(spec[field])} instead of ${JSON.stringify(template.spec[field])}`,
    ),
    ...missing('label', metadata?.labels, template.metadata?.labels),
    ...missing('annotation', metadata.annotations, template.metadata?.annotations),
    ...lacking('toleration', spec.tolerations, template.spec.tolerations),
    ...lacking('volume', spec.volumes, template.spec.volumes),
    ...(template.spec.containers as Body[]).flatMap((wanted) => containerFaults(containers, wanted)),
    ...containers.flatMap((container) => ruleFaults(container, spec.securityContext ?? {}, token)),
    ...tokenMountFaults(spec),
  ];
}

function missing(
  what: string,
  has: Record<string, string> = {},
  wants: Record<string, string> = {},
): string[] {
  return Object.entries(wants)
    .filter(([key, value]) => has[key] !== value)
    .map(([key, value]) => `${what} ${key} is ${has[key]} instead of ${value}`);
}

function lacking(what: string, has: readonly Body[] = [], wants: readonly Body[] = []): string[] {
  return wants
    .filter((one) => !has.some((other) => isDeepStrictEqual(other, one)))
    .map((one) => `no ${what} ${JSON.stringify(one)}`);
}

function containerFaults(containers: readonly Body[], wanted: Body): string[] {
  const found = containers.find(({ name }) => name === wanted.name);
  if (found === undefined) return [`no container ${wanted.name}`];
  return ['image', 'resources', 'securityContext']
    .filter((field) => !isDeepStrictEqual(found[field], wanted[field]))
    .map((field) => `container ${wanted.name}: ${field} is ${JSON.stringify(found[field])}`);
}

/** Rules for every container of a tenant, also for those that KubeRay adds: restricted, counted, with the token. */
function ruleFaults(container: Body, pod: Body, token: Token): string[] {
  const { name, securityContext = {}, resources = {}, env = [] } = container;
  const amounts = [
    resources.requests?.cpu,
    resources.requests?.memory,
    resources.limits?.cpu,
    resources.limits?.memory,
  ];
  const rules: Record<string, boolean> = {
    'may gain privileges': securityContext.allowPrivilegeEscalation !== false,
    'keeps capabilities': securityContext.capabilities?.drop?.includes('ALL') !== true,
    'may run as root': (securityContext.runAsNonRoot ?? pod.runAsNonRoot) !== true,
    'has no seccomp profile':
      (securityContext.seccompProfile ?? pod.seccompProfile)?.type !== 'RuntimeDefault',
    'has no requests or limits': amounts.includes(undefined),
    'does not ask for the token': variable(env, 'RAY_AUTH_MODE')?.value !== 'token',
    [`has no token of Secret ${token.name}`]: !isDeepStrictEqual(
      variable(env, 'RAY_AUTH_TOKEN')?.valueFrom?.secretKeyRef,
      token,
    ),
  };
  return Object.entries(rules).flatMap(([fault, found]) => (found ? [`container ${name} ${fault}`] : []));
}

function variable(env: readonly Body[], wanted: string): Body | undefined {
  return env.find(({ name }) => name === wanted);
}

/** The token of the service account lies in every container of a pod that asks for it, and in no other. */
function tokenMountFaults({ automountServiceAccountToken, containers }: Body): string[] {
  return (containers as Body[]).flatMap(({ name, volumeMounts = [] }) => {
    const mounted = (volumeMounts as Body[]).some(
      ({ mountPath }) => mountPath === '/var/run/secrets/kubernetes.io/serviceaccount',
    );
    if (mounted === automountServiceAccountToken) return [];
    return [`container ${name} has ${mounted ? 'a' : 'no'} token of the service account`];
  });
}
