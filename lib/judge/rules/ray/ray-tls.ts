import type { Pointer } from '../../../issue';
import { items } from '../path';
import type { Tell } from '../rule';
import { clusterRule, groupsOf, type Mount } from './cluster-spec';

const VARIABLES = ['RAY_USE_TLS', 'RAY_TLS_SERVER_CERT', 'RAY_TLS_SERVER_KEY', 'RAY_TLS_CA_CERT'];
const VOLUME = 'ray-tls';
const PATH = '/etc/ray/tls';

interface Container {
  readonly env?: readonly { readonly name: string }[];
  readonly volumeMounts?: readonly Mount[];
}

/** With tlsOptions KubeRay sets certificates up, and nobody else does (validateTLSOptions of KubeRay v1.7.0). */
export const rayTls = clusterRule('ray-tls', (spec, at, tell) => {
  if (spec.tlsOptions?.enabled !== true) return;
  for (const [{ template }, pointer] of groupsOf(spec, at)) {
    checkContainer(
      template.spec?.containers[0] ?? {},
      [...pointer, 'template', 'spec', 'containers', 0],
      tell,
    );
  }
  checkContainer(spec.autoscalerOptions ?? {}, [...at, 'autoscalerOptions'], tell);
});

function checkContainer({ env, volumeMounts }: Container, at: Pointer, tell: Tell): void {
  for (const [{ name }, pointer] of items(env, [...at, 'env'])) {
    if (VARIABLES.includes(name)) tell(pointer, `${name} is set by KubeRay itself`);
  }
  for (const [{ name, mountPath }, pointer] of items(volumeMounts, [...at, 'volumeMounts'])) {
    if (name === VOLUME || mountPath === PATH) tell(pointer, 'is mounted by KubeRay itself');
  }
}
