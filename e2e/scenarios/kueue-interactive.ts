import { assert, type Stage } from '../scenario';
import { templatesOf } from '../templates';
import { expectReady, expectReconciled } from './kuberay-cluster';
import { raysOf } from './kuberay-objects';
import { workloadsIn } from './kueue-workloads';
import { notebooksOf } from './notebooks';
import { nodeOf, withPod } from './scheduling';

/** RayClusters, RayServices and notebooks of tenants run without Kueue, however full the queues are. */
export async function expectInteractive(
  stage: Stage,
  namespaces: readonly string[],
  seconds = 60,
): Promise<void> {
  const { api, documents, cluster } = stage;
  const rays = raysOf(documents, 'RayCluster', 'RayService').filter(({ object }) =>
    namespaces.includes(object.metadata.namespace),
  );
  assert(rays.length > 0 && templatesOf(rays).length > 0, `${namespaces} have no Ray cluster`);
  for (const document of rays) {
    await expectReady(api, await expectReconciled(stage, document, document.object, seconds));
  }
  for (const notebook of notebooksOf(cluster).filter(({ namespace }) => namespaces.includes(namespace))) {
    await withPod(stage, notebook, async (pod) => {
      const node = await nodeOf(stage, pod);
      const { status } = await api.get({ apiVersion: 'v1', kind: 'Node', metadata: { name: node } });
      assert(status === 200, `${notebook.namespace}/${notebook.name}: ${node}`);
    });
  }
  for (const namespace of namespaces) {
    const queued = (await workloadsIn(api, namespace)).flatMap(
      ({ metadata }) => metadata.ownerReferences ?? [],
    );
    const others = queued.filter(({ kind }) => kind !== 'RayJob');
    assert(others.length === 0, `Kueue queues ${others.map(({ kind, name }) => `${kind} ${name}`)}`);
  }
}
