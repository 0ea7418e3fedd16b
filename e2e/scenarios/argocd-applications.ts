import { NAMESPACE } from '../../lib/model/names';
import type { Api, Body, Reference } from '../api';
import { assert } from '../scenario';
import { until } from '../wait';
import { playControllers } from './argocd-controllers';

/** Longest that anything may take, on a slow machine too. */
export const PATIENCE_SECONDS = 600;
/** How long a twin waits for what must not happen. */
export const TWIN_SECONDS = 20;

const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };

/** An Application by its name. */
export function applicationNamed(name: string): Reference {
  return { ...APPLICATION, metadata: { name, namespace: NAMESPACE.argocd } };
}

/** All Applications that there are. */
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
export async function refresh(api: Api, names: readonly string[], how = 'normal'): Promise<void> {
  const key = 'argocd.argoproj.io/refresh';
  for (const name of names) {
    await api.patch(applicationNamed(name), { metadata: { annotations: { [key]: how } } });
  }
  for (const name of names) {
    await until(
      async () => {
        const { body } = await api.get(applicationNamed(name));
        return body.metadata?.annotations?.[key] === undefined || undefined;
      },
      `Argo CD to look at ${name}`,
      PATIENCE_SECONDS,
    );
  }
}

/** Waits until Applications have synced a commit and differ in nothing; plays the controllers that do not run. */
export async function synced(
  api: Api,
  names: readonly string[],
  revision: string,
  seconds = PATIENCE_SECONDS,
): Promise<void> {
  await refresh(api, names);
  for (const name of names) {
    await expectStatus(
      api,
      name,
      ({ sync, operationState }) =>
        sync?.status === 'Synced' && sync.revision === revision && operationState?.phase === 'Succeeded',
      'to be in sync',
      seconds,
    );
  }
}

/** Waits until Argo CD says something of an Application; else fails with what it says. */
export async function expectStatus(
  api: Api,
  name: string,
  holds: (status: Body) => boolean,
  what: string,
  seconds = PATIENCE_SECONDS,
): Promise<Body> {
  let last: Body = {};
  try {
    return await until(
      async () => {
        await playControllers(api);
        last = await statusOf(api, name);
        return holds(last) ? last : undefined;
      },
      `${name} ${what}`,
      seconds,
    );
  } catch (error) {
    const { sync, health, operationState, conditions = [] } = last;
    const words = [sync?.status, health?.status, operationState?.phase, operationState?.message];
    throw new Error(
      `${error}; it is ${[...words, ...conditions.map(({ message }: Body) => message)].join(', ')}`,
    );
  }
}

/** Waits until no Application differs from Git or is at work. */
export async function quiet(api: Api): Promise<void> {
  for (const { metadata } of await applications(api)) {
    await expectStatus(
      api,
      metadata.name,
      ({ sync, operationState }) => sync?.status === 'Synced' && operationState?.phase !== 'Running',
      'to come to rest',
    );
  }
}

/** Ends operations that wait or retry, as a person may, and waits for a commit. */
export async function settle(
  api: Api,
  names: readonly string[],
  revision: string,
  seconds = PATIENCE_SECONDS,
): Promise<void> {
  for (const name of names) {
    const { body } = await api.get(applicationNamed(name));
    if (body.status?.operationState?.phase !== 'Running') continue;
    await api.patch(applicationNamed(name), { status: { operationState: { phase: 'Terminating' } } });
  }
  await refresh(api, names);
  for (const name of names) {
    const done = ({ sync, operationState }: Body) =>
      sync?.status === 'Synced' && sync.revision === revision && operationState?.phase !== 'Running';
    await expectStatus(api, name, done, 'to be as before', seconds);
  }
}
