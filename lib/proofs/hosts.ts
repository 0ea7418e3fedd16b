import { ANNOTATION } from '../model/names';
import type { KubernetesObject } from '../render/manifest';
import type { Gap, Proof } from './proof';

interface Ingress extends KubernetesObject {
  readonly spec: {
    readonly defaultBackend?: unknown;
    readonly tls?: readonly { readonly hosts?: readonly string[] }[];
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: {
        readonly paths: readonly {
          readonly backend: { readonly service?: { readonly port?: { readonly number?: number } } };
        }[];
      };
    }[];
  };
}

/** Serve's port: what an Ingress may lead to. */
const SERVE = 8000;

/** That no two tenants name one host is a rule of the files; this is about what is made of them. */
export const HOSTS: Proof = {
  rule: 'host-ownership',
  proves:
    "each Ingress is for hosts of its tenant's file, under the domain of the cluster, and leads to served models",
  why: 'Whoever answers for a host reads its cookies; a Ray dashboard on the internet runs code for everybody.',
  source: 'projectcapsule/capsule, ingress_hostnames_collision; CVE-2023-48022',
  find({ placement, objects }) {
    const { cluster, ray, tenant } = placement;
    const owned = ray.services.flatMap(({ spec: { host } }) => host ?? []);
    const annotated = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === tenant)
      ?.metadata.annotations?.[ANNOTATION.hosts];
    const disagrees: Gap[] =
      annotated === owned.join(',')
        ? []
        : [{ message: `admission knows the hosts "${annotated}" instead of "${owned.join(',')}"` }];
    const ingresses = objects.filter(({ kind }) => kind === 'Ingress') as Ingress[];
    return [
      ...disagrees,
      ...ingresses.flatMap((object) =>
        faults(object, owned, cluster.spec.domain).map((message) => ({ object, message })),
      ),
    ];
  },
};

function faults({ spec }: Ingress, owned: readonly string[], domain: string): string[] {
  const { rules = [], tls = [] } = spec;
  const hosts = [...rules.map(({ host = '' }) => host), ...tls.flatMap(({ hosts: list = [] }) => list)];
  const ports = rules.flatMap(({ http }) =>
    (http?.paths ?? []).map(({ backend }) => backend.service?.port?.number),
  );
  return [
    ...(spec.defaultBackend === undefined && rules.length > 0 ? [] : ['answers for every host']),
    ...hosts
      .filter((host) => !owned.includes(host))
      .map((host) => `answers for ${host || 'every host'}, which the tenant file does not name`),
    ...hosts.filter((host) => !host.endsWith(`.${domain}`)).map((host) => `${host} is not under ${domain}`),
    ...ports.filter((port) => port !== SERVE).map((port) => `leads to port ${port} instead of ${SERVE}`),
  ];
}
