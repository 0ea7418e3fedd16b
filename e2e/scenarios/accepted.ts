import type { Api, Reference } from '../api';
import { applyAll } from '../apply';
import type { Document } from '../dist';
import { assert, type Scenario, type Stage } from '../scenario';

/** Every object of dist/ is accepted as it is, and applying it again changes nothing. */
export const accepted: Scenario = {
  name: 'accepted',
  says: 'every object of dist/ is accepted by server-side apply with strict fields; a second apply changes nothing',
  async run(stage) {
    await applyAll(stage, stage.documents);
    await applyAgain(stage, stage.documents);
  },
  twins: {
    'a misspelled field': async (stage) => {
      const document = find(stage, 'RayCluster');
      await applyAll(stage, [{ ...document, text: document.text.replace('rayVersion:', 'rayVerson:') }]);
    },
    'an empty list, which the API server drops': async (stage) => {
      const document = find(stage, 'NetworkPolicy', 'default-deny');
      await applyAgain(stage, [{ ...document, text: `${document.text}  egress: []\n` }]);
    },
  },
};

function find({ documents }: Stage, kind: string, name?: string): Document {
  const found = documents.find(
    ({ object }) => object.kind === kind && (name ?? object.metadata.name) === object.metadata.name,
  );
  assert(found !== undefined, `dist/ has no ${kind} ${name ?? ''}`);
  return found;
}

/** A controller may write status in between, so an object gets a few chances to stay as it is. */
const CHANCES = 5;

async function applyAgain({ api }: Stage, documents: readonly Document[]): Promise<void> {
  const changed: string[] = [];
  for (const { path, object, text } of documents) {
    if (!(await staysSame(api, object, text)))
      changed.push(`${path}: ${object.kind} ${object.metadata.name}`);
  }
  assert(changed.length === 0, `${changed.length} changed by a second apply:\n${changed.join('\n')}`);
}

async function staysSame(api: Api, object: Reference, text: string): Promise<boolean> {
  for (let chance = 0; chance < CHANCES; chance++) {
    const before = await api.get(object);
    const after = await api.apply(object, text);
    if (before.body.metadata?.resourceVersion === after.body.metadata?.resourceVersion) return true;
  }
  return false;
}
