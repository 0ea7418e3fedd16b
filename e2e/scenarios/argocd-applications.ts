import { NAMESPACE } from '../../lib/model/names';
import type { Api, Body, Reference } from '../api';
import { assert } from '../scenario';
import { until } from '../wait';
import { playControllers } from './argocd-controllers';

const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };

/** An Application by its name. */
export function applicationNamed(name: string): Reference {
  return { ...APPLICATION, metadata: { name, namespace: NAMESPACE.argocd } };
}

export async function applications(api: Api): Promise<(Reference & Body)[]> {
  return api.list<Reference & Body>({ ...APPLICATION, namespace: NAMESPACE.argocd });
}

/** What Argo CD says of an Application. */
export async function statusOf(api: Api, name: string): Promise<Body> {
  const { status, body } = await api.get(applicationNamed(name));
  assert(status === 200, `Application ${name}: ${status} ${body.message}`);
  return body.status ?? {};
}

/** Lets Argo CD look at Git and at the cluster again, as a webhook does, and waits until it has. */
export async function refresh(
  api: Api,
  names: readonly string[],
  how: 'normal' | 'hard' = 'normal',
): Promise<void> {
  const key = 'argocd.argoproj.io/refresh';
  for (const name of names) {
    await api.patch(applicationNamed(name), { metadata: { annotations: { [key]: how } } });
  }
  for (const name of names) {
    await until(async () => {
      const { body } = await api.get(applicationNamed(name));
      return body.metadata?.annotations?.[key] === undefined || undefined;
    }, `Argo CD to look at ${name}`);
  }
}

/** Waits until Applications have synced a commit, and have nothing more to do; plays the controllers that do not run. */
export async function synced(
  api: Api,
  names: readonly string[],
  revision: string,
  seconds = 60,
): Promise<void> {
  await refresh(api, names);
  for (const name of names) {
    let last = '';
    await until(
      async () => {
        await playControllers(api);
        const { sync, operationState } = await statusOf(api, name);
        last = `${sync?.status}, ${operationState?.phase}: ${operationState?.message}`;
        const done = sync?.status === 'Synced' && sync.revision === revision;
        return (done && operationState?.phase === 'Succeeded') || undefined;
      },
      `${name} to be in sync`,
      seconds,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${last}`);
    });
  }
}
