import type { Api, Body, Reference } from '../api';
import type { Document } from '../dist';
import { applicationOf, argocd, gitOf } from '../operators/argocd';
import { kuberay } from '../operators/kuberay';
import { kwok } from '../operators/kwok';
import type { Operator } from '../operators/operator';
import { scheduler } from '../operators/scheduler';
import { assert, type Stage } from '../scenario';
import { until } from '../wait';
import { applicationNamed, PATIENCE_SECONDS, statusOf, synced } from './argocd-applications';
import { playControllers } from './argocd-controllers';
import { commit } from './argocd-git';

/** Roots of dist/: what a bootstrap gives to a new cluster, and nothing else. */
export const ROOTS = 'argocd/root/roots.yaml';
/** KubeRay's own program comes later, when its Deployment runs. */
export const ARGOCD: readonly Operator[] = [
  scheduler,
  kwok,
  { ...argocd, programs: [...argocd.programs, ...kuberay.programs] },
];

export const PLATFORM = 'platform';
export const TENANTS = 'tenants';

/** The one node of an empty cluster, for the operators. */
export const NODE = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: 'system-0',
    labels: { 'kubernetes.io/os': 'linux', 'kubernetes.io/hostname': 'system-0' },
  },
  status: {
    allocatable: { cpu: '64', memory: '256Gi', pods: '200' },
    capacity: { cpu: '64', memory: '256Gi', pods: '200' },
  },
};

/** Applications of dist/, but not the roots. */
export function childrenOf(documents: readonly Document[]): (Reference & Body)[] {
  return documents
    .filter(({ path, object }) => object.kind === 'Application' && path !== ROOTS)
    .map(({ object }) => object as Reference & Body);
}

/** Names of the Applications of tenants. */
export function ofTenants(documents: readonly Document[]): string[] {
  return documents
    .filter(({ path, object }) => object.kind === 'Application' && /^argocd\/[^/]+$/.test(path))
    .map(({ object }) => object.metadata.name);
}

export function waveOf({ metadata }: Reference): number {
  return Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
}

/** Puts dist/ into Git as it is and the roots into the cluster, as a bootstrap does. Returns the commit. */
export async function bootstrap(stage: Stage): Promise<string> {
  const { api, documents, site } = stage;
  const git = gitOf(site);
  git.init(applicationOf(documents, PLATFORM).spec.source.targetRevision);
  const revision = commit(stage);
  await applyRoots(api, documents);
  return revision;
}

export async function applyRoots(api: Api, documents: readonly Document[]): Promise<void> {
  for (const { object, text } of documents.filter(({ path }) => path === ROOTS)) {
    const { status, body } = await api.apply(object, text);
    assert(status < 300, `${object.kind} ${object.metadata.name}: ${status} ${body.message}`);
  }
}

/** Brings a node: the operators start, KubeRay's own program among them. */
export async function bringNode({ api, site }: Stage): Promise<void> {
  const { status, body } = await api.create(NODE);
  assert(status === 201, `Node: ${status} ${body.message}`);
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'kuberay', namespace: 'kuberay-system' },
  };
  await until(
    async () => {
      await playControllers(api);
      return (await api.get(deployment)).body.status?.availableReplicas === 1 || undefined;
    },
    'the Deployment of KubeRay',
    PATIENCE_SECONDS,
  );
  await kuberay.start(site);
}

/** Waits until everything of dist/ is synced. */
export async function expectInstalled(stage: Stage, revision: string): Promise<void> {
  const { api, documents } = stage;
  await synced(api, [PLATFORM], revision);
  const own = childrenOf(documents).filter(({ spec }) => spec.source.path !== undefined);
  const fromGit = own.filter(
    ({ spec }) => spec.source.repoURL === applicationOf(documents, PLATFORM).spec.source.repoURL,
  );
  await synced(api, [TENANTS, ...fromGit.map(({ metadata }) => metadata.name)], revision);
}

/** The commit that everything of dist/ is synced to; installs it all where that has not been done yet. */
export async function ready(stage: Stage): Promise<string> {
  const { status } = await stage.api.get(applicationNamed(PLATFORM));
  if (status === 200) {
    const { sync } = await statusOf(stage.api, PLATFORM);
    return sync.revision;
  }
  const revision = await bootstrap(stage);
  await bringNode(stage);
  await expectInstalled(stage, revision);
  return revision;
}
