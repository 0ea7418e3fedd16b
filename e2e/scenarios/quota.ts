import type { Answer, Api, Body, Reference } from '../api';
import { until } from '../control-plane';
import { assert, type Scenario, type Stage } from '../scenario';

const GPU = 'nvidia.com/gpu';

interface PodOptions {
  readonly name: string;
  readonly gpus?: number;
  readonly gpuType?: string;
  readonly priorityClassName?: string;
  readonly cpu?: string;
}

/** What the quotas of a tenant hold: the declared load fits, one GPU more does not, other types never. */
export const quota: Scenario = {
  name: 'quota',
  says: 'GPU pods of a granted type fit up to the quota, one more is refused, and so are types not granted',
  async run(stage) {
    const { namespace, type, count } = grantOf(stage);
    await isolated(stage, namespace, async (api) => {
      const other = otherTypes(stage, type)[0];
      assert(other !== undefined, 'the cluster has one GPU type only');
      await expectRefusal(create(api, namespace, gpuPod('not-granted', other, 1)), `tenant-gpu-${other}`);
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
function grantOf({ documents }: Stage): { namespace: string; type: string; count: number } {
  for (const { object } of documents) {
    const { kind, metadata, spec } = object as Reference & Body;
    const count = Number(spec?.hard?.[`requests.${GPU}`] ?? 0);
    if (kind !== 'ResourceQuota' || count === 0 || !metadata.name.startsWith('tenant-gpu-')) continue;
    return { namespace: metadata.namespace ?? '', type: metadata.name.slice('tenant-gpu-'.length), count };
  }
  throw new Error('no tenant of dist/ has GPUs');
}

function otherTypes({ documents }: Stage, type: string): string[] {
  return documents
    .filter(({ object }) => object.kind === 'PriorityClass' && object.metadata.name.startsWith('tenant-gpu-'))
    .map(({ object }) => object.metadata.name.slice('tenant-gpu-'.length))
    .filter((other) => other !== type);
}

/** Runs with an API client, and takes away every pod it made. */
async function isolated({ api }: Stage, namespace: string, use: (api: Api) => Promise<void>): Promise<void> {
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

/** A pod as restricted wants it, of a Ray worker's account. */
export function pod(
  namespace: string,
  { name, gpus, gpuType, priorityClassName, cpu = '100m' }: PodOptions,
): Reference & Body {
  const amounts = { cpu, memory: '64Mi', ...(gpus === undefined ? {} : { [GPU]: String(gpus) }) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      serviceAccountName: 'ray-worker',
      priorityClassName: priorityClassName ?? 'tenant-cpu',
      nodeSelector: { 'tenantry.dev/gpu-type': gpuType ?? 'none' },
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'main',
          image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/tenantry/ray:2.60.0-py312-cpu',
          resources: { requests: amounts, limits: amounts },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}

async function expectStatus(answer: Promise<Answer>, status: number): Promise<void> {
  const { status: got, body } = await answer;
  assert(got === status, `expected ${status}, got ${got}: ${body.message}`);
}

async function expectRefusal(answer: Promise<Answer>, reason: string): Promise<void> {
  const { status, body } = await answer;
  assert(
    status === 403 && body.message?.includes(reason) === true,
    `expected a refusal by "${reason}", got ${status}: ${body.message}`,
  );
}
