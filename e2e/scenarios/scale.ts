import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateRoot, tenantName } from '../../bench/tenants';
import { applyAll } from '../apply';
import { type Document, renderDocuments } from '../dist';
import { cpuNodesOf, withNodes } from '../nodes';
import { kuberay } from '../operators/kuberay';
import { kwok } from '../operators/kwok';
import { scheduler } from '../operators/scheduler';
import { assert, type Scenario, type Stage } from '../scenario';
import { until } from '../wait';
import { expectReady } from './kuberay-cluster';
import { nameOf, podsOf, type Ray, raysOf } from './kuberay-objects';
import { withTokens } from './kuberay-token';

const TENANTS = 200;
/** As in the published test: a head and three workers each. */
const WORKERS = 3;
const PODS_PER_NODE = 58;

/**
 * Wait for 100 RayClusters to be ready after they were created in 1 s: GKE, KubeRay 1.1.1, pods with containers. Source:
 * ray-project/kuberay, benchmark/perf-tests/100-raycluster/results/junit.xml (WaitForRayCluster), read 2026-11-25.
 */
const PUBLISHED = 'published for KubeRay 1.1.1 on GKE: 100 RayClusters ready 83 s after they were created';

/** Many tenants at once: all of them come up, and what that takes. */
export const scale: Scenario = {
  name: 'scale',
  says: `${TENANTS} tenants are applied, and every RayCluster of theirs gets ready with its head and ${WORKERS} workers`,
  needs: [scheduler, kwok, kuberay],
  once: true,
  alone: true,
  run: (stage) => bringUp(stage, TENANTS, (documents) => documents, 420),
  twins: {
    'one tenant with a quota of two pods': (stage) =>
      bringUp(stage, 3, (documents) => documents.map((one) => withPods(one, tenantName(1), 2)), 30),
  },
};

async function bringUp(
  stage: Stage,
  count: number,
  change: (documents: readonly Document[]) => readonly Document[],
  seconds: number,
): Promise<void> {
  const documents = change(generate(stage.cluster, count));
  const isRay = ({ object }: Document) => object.kind === 'RayCluster';
  const clusters = raysOf(documents, 'RayCluster');
  const nodes = cpuNodesOf(stage.documents, Math.ceil((2 * count * (WORKERS + 1)) / PODS_PER_NODE));
  const watch = stopwatch();
  await applyTenants(
    stage,
    documents.filter((one) => !isRay(one)),
  );
  stage.note(`${documents.length - clusters.length} objects of ${count} tenants applied in ${watch()} s`);
  await withNodes(stage, nodes, () =>
    withTokens({ ...stage, documents }, async () => {
      const since = stopwatch();
      try {
        await applyTenants(stage, clusters);
        const applied = since();
        await allReady(
          stage,
          clusters.map(({ object }) => object),
          seconds,
        );
        stage.note(
          `${clusters.length} RayClusters applied in ${applied} s, all ready with ${clusters.length * (WORKERS + 1)} pods after ${since()} s; ${PUBLISHED}`,
        );
        const memory = [...stage.site.memory()].map(([name, mebibytes]) => `${name} ${mebibytes}`);
        stage.note(`resident MiB: ${memory.join(', ')}`);
      } finally {
        for (const { object } of clusters) await stage.api.delete(object);
      }
    }),
  );
}

/** Equal tenants on the cluster that the generator knows; what is once a cluster stays as it is. */
function generate(cluster: string, count: number): Document[] {
  const root = mkdtempSync(join(tmpdir(), 'tenantry-scale-'));
  try {
    generateRoot(
      root,
      Array.from({ length: count }, (_, n) => tenantName(n)),
      WORKERS,
    );
    return renderDocuments(root, cluster).filter(({ path }) => /^(tenants|argocd)\/team-/.test(path));
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Applies tenants side by side, as the Applications of Argo CD do, each in the order of its files. */
async function applyTenants(stage: Stage, documents: readonly Document[]): Promise<void> {
  const tenants = new Map<string, Document[]>();
  for (const document of documents) {
    const tenant = document.object.metadata.labels?.['tenantry.dev/tenant'] ?? '';
    tenants.set(tenant, [...(tenants.get(tenant) ?? []), document]);
  }
  await Promise.all([...tenants.values()].map((own) => applyAll(stage, own)));
}

async function allReady(stage: Stage, clusters: readonly Ray[], seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (const cluster of clusters) {
    const left = Math.max(1, (end - Date.now()) / 1000);
    await until(
      async () => {
        const { status } = (await stage.api.get(cluster)).body;
        const pods = await podsOf(stage.api, cluster);
        const phases = pods.map((pod) => `${pod.metadata.name} ${pod.status?.phase}`).join(', ');
        assert(
          status?.state === 'ready' && pods.length === WORKERS + 1,
          `${nameOf(cluster)} is ${status?.state} (${status?.reason ?? 'no reason'}) with ${phases || 'no pods'}`,
        );
        return true;
      },
      nameOf(cluster),
      left,
    );
  }
  await Promise.all(clusters.map((cluster) => expectReady(stage.api, cluster)));
}

function withPods(document: Document, tenant: string, pods: number): Document {
  const { kind, metadata } = document.object;
  if (kind !== 'ResourceQuota' || metadata.namespace !== tenant || metadata.name !== 'tenant')
    return document;
  return { ...document, text: document.text.replace(/^ {4}pods: .*$/m, `    pods: "${pods}"`) };
}

function stopwatch(): () => string {
  const start = Date.now();
  return () => ((Date.now() - start) / 1000).toFixed(0);
}
