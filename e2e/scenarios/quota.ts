import type { Answer, Api, Body, Reference } from '../api';
import { expectRefusal, expectStatus } from '../expect';
import type { Scenario, Stage } from '../scenario';
import { until } from '../wait';
import { GPU, type PodOptions, pod } from './pod';

/** What the quotas of a tenant hold: the granted GPUs fit, one more does not. */
export const quota: Scenario = {
  name: 'quota',
  says: 'GPU pods of a granted type fit up to the quota; one more is refused, and so are a giant and a system pod',
  async run(stage) {
    const { namespace, type, count } = grantOf(stage);
    await isolated(stage, namespace, async (api) => {
      await expectStatus(create(api, namespace, gpuPod('all-but-one', type, count - 1)), 201);
      await expectStatus(create(api, namespace, gpuPod('last', type, 1)), 201);
      await expectRefusal(create(api, namespace, gpuPod('one-more', type, 1)), 'exceeded quota');
      await expectRefusal(create(api, namespace, { name: 'large', cpu: '100000' }), 'maximum cpu usage');
      await expectRefusal(
        create(api, namespace, { name: 'system', priorityClassName: 'system-node-critical' }),
        'system-priority',
      );
    });
  },
  twins: {
    'a quota of one GPU less': async (stage) => {
      const { namespace, type, count } = grantOf(stage);
      await isolated(stage, namespace, async (api) => {
        await expectStatus(create(api, namespace, gpuPod('too-many', type, count + 1)), 201);
      });
    },
  },
};

/** The first tenant with GPUs: its namespace, type, and how many it may use at once. */
export function grantOf({ documents }: Stage): { namespace: string; type: string; count: number } {
  for (const { object } of documents) {
    const { kind, metadata, spec } = object as Reference & Body;
    const count = Number(spec?.hard?.[`requests.${GPU}`] ?? 0);
    if (kind !== 'ResourceQuota' || count === 0 || !metadata.name.startsWith('tenant-gpu-')) continue;
    return { namespace: metadata.namespace ?? '', type: metadata.name.slice('tenant-gpu-'.length), count };
  }
  throw new Error('no tenant of dist/ has GPUs');
}

export function otherTypes({ documents }: Stage, type: string): string[] {
  return documents
    .filter(({ object }) => object.kind === 'PriorityClass' && object.metadata.name.startsWith('tenant-gpu-'))
    .map(({ object }) => object.metadata.name.slice('tenant-gpu-'.length))
    .filter((other) => other !== type);
}

/** Runs with an API client, and takes away every pod it made. */
export async function isolated(
  { api }: Stage,
  namespace: string,
  use: (api: Api) => Promise<void>,
): Promise<void> {
  await until(async () => {
    const { body } = await api.get({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'tenant', namespace },
    });
    return body.status?.hard?.pods === undefined ? undefined : true;
  }, 'the status of the quota');
  try {
    await use(api);
  } finally {
    await api.send('DELETE', `/api/v1/namespaces/${namespace}/pods?gracePeriodSeconds=0`);
  }
}

function gpuPod(name: string, gpuType: string, gpus: number): PodOptions {
  return { name, gpuType, gpus, priorityClassName: `tenant-gpu-${gpuType}` };
}

function create(api: Api, namespace: string, options: PodOptions): Promise<Answer> {
  return api.create(pod(namespace, options));
}
