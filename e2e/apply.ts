import type { Answer, Api, Body, Reference } from './api';
import type { Document } from './dist';
import { assert, type Stage } from './scenario';
import { until } from './wait';

/** Applies every document; all refusals are told at once. */
export async function applyAll({ api }: Pick<Stage, 'api'>, documents: readonly Document[]): Promise<void> {
  const refused: string[] = [];
  for (const { path, object, text } of documents) {
    const { status, body } = await applyWhenCounted(api, object, text);
    if (status >= 300)
      refused.push(`${path}: ${object.kind} ${object.metadata.name}: ${status} ${body.message}`);
  }
  assert(refused.length === 0, `${refused.length} refused:\n${refused.join('\n')}`);
}

/** Longest that a new quota counts nothing on a kind that is new too: the controller of 1.36 looks every 5 minutes. */
const RESYNC_SECONDS = 330;

/** A new quota counts nothing until its controller has looked; Argo CD retries as this does. */
function applyWhenCounted(api: Api, object: Reference, text: string): Promise<Answer> {
  const ask = async () => {
    const answer = await api.apply(object, text);
    return answer.body.message?.includes('status unknown for quota') ? undefined : answer;
  };
  return until(ask, `the quota for ${object.kind} ${object.metadata.name}`, RESYNC_SECONDS);
}

/** Waits until volumes and claims have found each other: Karpenter makes no node for a pod whose claim is not bound yet. */
export async function untilBound({ api }: Pick<Stage, 'api'>): Promise<void> {
  await until(async () => {
    const claims = await api.list<Body>({ apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
    return claims.every(({ status }) => status?.phase === 'Bound') || undefined;
  }, 'claims that are bound');
}
