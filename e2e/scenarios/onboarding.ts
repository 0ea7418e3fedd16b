import { isDeepStrictEqual } from 'node:util';
import type { Api } from '../api';
import { applyAll } from '../apply';
import type { Document } from '../dist';
import { kuberay } from '../operators/kuberay';
import { kwok } from '../operators/kwok';
import { scheduler } from '../operators/scheduler';
import { assert, type Scenario, type Stage } from '../scenario';
import { until } from '../wait';
import { removeNewcomer, withNewcomer } from './newcomer';

/** A tenant that comes touches nothing of the others, nor of the platform. */
export const onboarding: Scenario = {
  name: 'onboarding',
  says: 'a new tenant is applied with everything else, and no object of another tenant or of the platform gets a new resourceVersion',
  needs: [scheduler, kwok, kuberay],
  async run(stage) {
    const untouched = await onboard(stage, (documents) => documents);
    stage.note(`${untouched} objects of others untouched`);
  },
  twins: {
    'a label of every other Namespace changes too': async (stage) => {
      try {
        await onboard(stage, (documents) => documents.map(withLabel));
      } finally {
        await applyAll(stage, stage.documents);
      }
    },
  },
};

/** Applies all tenants and one more. Gives the number of objects of others, none of which may change. */
async function onboard(
  stage: Stage,
  change: (documents: readonly Document[]) => readonly Document[],
): Promise<number> {
  const documents = withNewcomer(stage.cluster, 'active');
  // KubeRay adds empty fields to a RayService with its finalizer; Argo CD heals that once.
  await applyAll(stage, stage.documents);
  const before = await quietVersions(stage);
  try {
    await applyAll(stage, change(documents));
    const after = await versionsOf(stage.api, stage.documents);
    const touched = [...before].filter(([name, version]) => after.get(name) !== version);
    assert(touched.length === 0, `touched:\n${touched.map(([name]) => name).join('\n')}`);
    return before.size;
  } finally {
    await removeNewcomer(stage, documents);
  }
}

function withLabel(document: Document): Document {
  if (document.object.kind !== 'Namespace') return document;
  return { ...document, text: document.text.replace('  labels:\n', '$&    twin: "yes"\n') };
}

/** Seconds without a write after which controllers are taken to be done: KubeRay looks every two seconds. */
const QUIET_SECONDS = 10;

/** The versions once no controller writes them any more. */
async function quietVersions({ api, documents }: Stage): Promise<ReadonlyMap<string, string>> {
  let last: ReadonlyMap<string, string> = new Map();
  let since = Date.now();
  return until(
    async () => {
      const now = await versionsOf(api, documents);
      if (!isDeepStrictEqual(now, last)) since = Date.now();
      last = now;
      return Date.now() - since >= QUIET_SECONDS * 1000 ? now : undefined;
    },
    'objects that no controller writes',
    180,
  );
}

async function versionsOf(api: Api, documents: readonly Document[]): Promise<ReadonlyMap<string, string>> {
  const versions = await Promise.all(
    documents.map(async ({ object }): Promise<[string, string]> => {
      const { kind, metadata } = object;
      const { body } = await api.get(object);
      return [`${kind} ${metadata.namespace ?? ''}/${metadata.name}`, body.metadata?.resourceVersion];
    }),
  );
  return new Map(versions);
}
