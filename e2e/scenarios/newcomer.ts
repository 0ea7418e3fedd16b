import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { copyInputs } from '../../bench/tenants';
import type { State } from '../../lib/model/state';
import { applyAll } from '../apply';
import { type Document, renderDocuments } from '../dist';
import { assert, type Stage } from '../scenario';
import { until } from '../wait';

const ROOT = resolve(__dirname, '../..');

/** A tenant that is in no file of this repository. */
export const NEWCOMER = 'newcomer';

/** What synth makes of the files of this repository and one more tenant in a state. */
export function withNewcomer(cluster: string, state: State): Document[] {
  const root = mkdtempSync(join(tmpdir(), 'tenantry-newcomer-'));
  try {
    copyInputs(ROOT, root);
    // JSON is YAML too.
    writeFileSync(join(root, `tenants/${NEWCOMER}.yaml`), JSON.stringify(tenantFile(cluster, state)));
    return renderDocuments(root, cluster);
  } finally {
    rmSync(root, { recursive: true });
  }
}

function tenantFile(cluster: string, state: State) {
  const worker = { name: 'cpu', cpu: 1, memory: '4Gi' };
  return {
    apiVersion: 'tenantry.dev/v1alpha1',
    kind: 'Tenant',
    metadata: { name: NEWCOMER },
    spec: {
      state,
      owner: 'lead@example.com',
      members: { admins: ['lead'], users: ['member'] },
      clusters: [cluster],
      quota: {
        cpu: { interactive: 8, jobs: { guaranteed: 4 } },
        memory: { interactive: '32Gi', jobs: { guaranteed: '16Gi' } },
        storage: '100Gi',
      },
      ray: {
        clusters: [{ name: 'shared', workers: [{ ...worker, min: 1, max: 2 }] }],
        schedules: [
          {
            name: 'nightly',
            schedule: '0 2 * * *',
            entrypoint: 'python train.py',
            workers: [{ ...worker, replicas: 1 }],
          },
        ],
      },
    },
  };
}

/** Documents of the newcomer alone, those of Argo CD included. */
export function ownOf(documents: readonly Document[]): Document[] {
  return documents.filter(
    ({ path }) => path.startsWith(`tenants/${NEWCOMER}/`) || path === `argocd/${NEWCOMER}.yaml`,
  );
}

/** Brings the newcomer from one rendering to another, as Argo CD does: it applies what is there, and prunes what is gone. */
export async function moveTo(
  stage: Stage,
  to: readonly Document[],
  from: readonly Document[],
): Promise<void> {
  await applyAll(stage, to);
  const kept = new Set(to.map(keyOf));
  for (const document of from) if (!kept.has(keyOf(document))) await stage.api.delete(document.object);
}

function keyOf({ object }: Document): string {
  return `${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

/** Takes the newcomer away for good: nothing of it is left, also not in its namespace. Only an archived one may go. */
export async function removeNewcomer(stage: Stage, documents: readonly Document[]): Promise<void> {
  const { object: namespace } = only(documents, 'Namespace');
  await stage.api.patch(namespace, { metadata: { labels: { 'tenantry.dev/state': 'archived' } } });
  for (const { object } of [...ownOf(documents)].reverse()) await stage.api.delete(object);
  await until(
    async () => {
      const { status } = await stage.api.get({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: NEWCOMER },
      });
      return status === 404 || undefined;
    },
    `the end of namespace ${NEWCOMER}`,
    120,
  );
}

/** The one document of the newcomer of a kind. */
export function only(documents: readonly Document[], kind: string): Document {
  const [found, ...more] = ownOf(documents).filter(({ object }) => object.kind === kind);
  assert(found !== undefined && more.length === 0, `the newcomer has not one ${kind}`);
  return found;
}
