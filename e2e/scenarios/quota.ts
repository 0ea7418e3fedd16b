import type { Answer, Api, Body, Reference } from '../api';
import type { Document } from '../dist';
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
        // The policy is asked before the quota, which holds where the policy is gone.
        'system-node-critical',
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
  const grant = grantsOf(documents).find(({ count }) => count > 0);
  if (grant === undefined) throw new Error('no tenant of dist/ has GPUs');
  return grant;
}

/** GPU types that a tenant has no quota of. */
export function otherTypes(documents: readonly Document[], tenant: string): string[] {
  return grantsOf(documents).flatMap(({ namespace, type, count }) =>
    namespace === tenant && count === 0 ? type : [],
  );
}

function grantsOf(documents: readonly Document[]) {
  return documents.flatMap(({ object }) => {
    const { kind, metadata, spec } = object as Reference & Body;
    const [, type] = /^tenant-gpu-(.+)$/.exec(metadata.name) ?? [];
    if (kind !== 'ResourceQuota' || type === undefined) return [];
    return [
      { namespace: metadata.namespace ?? '', type, count: Number(spec?.hard?.[`requests.${GPU}`] ?? 0) },
    ];
  });
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
