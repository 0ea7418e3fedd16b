import type { Answer, Api, Reference } from './api';
import { until } from './control-plane';
import type { Document } from './dist';
import { assert, type Stage } from './scenario';

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

/** A new quota counts nothing until its controller has looked; Argo CD retries as this does. */
function applyWhenCounted(api: Api, object: Reference, text: string): Promise<Answer> {
  return until(async () => {
    const answer = await api.apply(object, text);
    return answer.body.message?.includes('status unknown for quota') ? undefined : answer;
  }, `the quota for ${object.kind} ${object.metadata.name}`);
}
