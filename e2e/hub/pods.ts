import type { PodSpec } from '../../imports/core';
import type { Body, Metadata } from '../api';
import { assert, type Stage } from '../scenario';
import { until } from '../wait';
import { tenantData } from './stage';

export interface Notebook {
  readonly metadata: Metadata & { readonly uid: string };
  readonly spec: PodSpec;
}

/** Pods of notebooks of one namespace. */
export function notebooksIn({ api }: Pick<Stage, 'api'>, namespace: string): Promise<(Notebook & Body)[]> {
  return api.list({ apiVersion: 'v1', kind: 'Pod', namespace }, 'component=singleuser-server');
}

/** The pod of a person's server in a tenant's namespace; nothing of theirs is anywhere else. */
export async function notebookOf(stage: Stage, tenant: string, person: string): Promise<Notebook> {
  const all: Notebook[] = await stage.api.list(
    { apiVersion: 'v1', kind: 'Pod' },
    'component=singleuser-server',
  );
  const own = all.filter(({ metadata }) => metadata.labels?.['hub.jupyter.org/username'] === person);
  const [found] = own;
  assert(found !== undefined && own.length === 1, `${person} has ${own.length} pods`);
  assert(found.metadata.namespace === tenant, `the pod of ${person} is in ${found.metadata.namespace}`);
  return found;
}

/** No server of a person is left in a tenant's namespace. */
export async function expectNoNotebook(stage: Stage, tenant: string, person: string, seconds: number) {
  await until(
    async () => {
      const all = await notebooksIn(stage, tenant);
      return (
        all.every(({ metadata }) => metadata.labels?.['hub.jupyter.org/username'] !== person) || undefined
      );
    },
    `the end of the pod of ${person} in ${tenant}`,
    seconds,
  );
}

/** The pod has everything that tenant and profile promise. */
export async function expectComplete(stage: Stage, tenant: string, pod: Notebook, gpuType?: string) {
  const { datasets, ray } = await tenantData(stage, tenant);
  const { spec, metadata } = pod;
  const [container] = spec.containers;
  const { limits = {}, requests = {} } = container?.resources ?? {};
  const env = new Map(container?.env?.map(({ name, value }) => [name, value]));
  const mounts = new Map(container?.volumeMounts?.map(({ name, mountPath }) => [name, mountPath]));
  const claims = (spec.volumes ?? []).flatMap(
    ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [],
  );
  const promised: Readonly<Record<string, boolean>> = {
    'the label of its tenant': metadata.labels?.['tenantry.dev/tenant'] === tenant,
    'the service account notebook': spec.serviceAccountName === 'notebook',
    'no token of its own accord': spec.automountServiceAccountToken === false,
    'its home': mounts.get('home') === '/home/jovyan' && claims.some((claim) => claim.startsWith('claim-')),
    'shared memory': mounts.get('shm') === '/dev/shm',
    'its datasets': datasets.every(({ claim }) => claims.includes(claim)),
    RAY_ADDRESS: env.get('RAY_ADDRESS') === ray[0]?.address,
    RAY_API_SERVER_ADDRESS: env.get('RAY_API_SERVER_ADDRESS') === ray[0]?.dashboard,
    'the token file': env.get('RAY_AUTH_TOKEN_PATH') === `${mounts.get('ray-token')}/auth_token`,
    'equal requests and limits': JSON.stringify(limits) === JSON.stringify(requests),
    'its GPU': (limits['nvidia.com/gpu'] ?? '0') === (gpuType === undefined ? '0' : '1'),
    'its priority class':
      spec.priorityClassName === (gpuType === undefined ? 'tenant-cpu' : `tenant-gpu-${gpuType}`),
    'its kind of node': spec.nodeSelector?.['tenantry.dev/gpu-type'] === (gpuType ?? 'none'),
    'the toleration of its node':
      gpuType === undefined ||
      spec.tolerations?.some(({ key, value }) => key === 'nvidia.com/gpu' && value === gpuType) === true,
    'protection from moves': metadata.annotations?.['karpenter.sh/do-not-disrupt'] === 'true',
    'a node': spec.nodeName !== undefined,
  };
  const lacking = Object.entries(promised).flatMap(([what, has]) => (has ? [] : [what]));
  assert(lacking.length === 0, `the pod of ${metadata.name} has not ${lacking.join(', ')}`);
}
