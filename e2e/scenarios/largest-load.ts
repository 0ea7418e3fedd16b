import { isDeepStrictEqual } from 'node:util';
import type { Api, Body, Reference } from '../api';
import { type Document, tenantsOf } from '../dist';
import { assert, type Scenario, type Stage } from '../scenario';
import { type Template, templatesOf } from '../templates';
import { until } from '../wait';
import { notebooksOf } from './notebooks';
import { isolated } from './quota';

/** All that a tenant declares at its largest, and each of its scheduled jobs beside it, is within its quotas. */
export const largestLoad: Scenario = {
  name: 'largest-load',
  says: 'every Ray cluster at its maximum, every seat and one job at a time fit the quotas, the LimitRange and the policies of their tenant',
  async run(stage) {
    for (const [namespace, load] of loads(stage)) {
      const pods = await fits(stage, namespace, load);
      stage.note(`${namespace}: ${pods} pods`);
    }
  },
  twins: {
    'a quota of one core less': (stage) => withQuotaBelow(stage, 'requests.cpu'),
    'a quota of one GPU less': (stage) => withQuotaBelow(stage, 'requests.nvidia.com/gpu'),
  },
};

/** Pods that run side by side, and the jobs of which one at a time comes to them. */
interface Load {
  readonly always: readonly Template[];
  readonly jobs: readonly (readonly Template[])[];
}

function loads({ documents, cluster }: Stage): Map<string, Load> {
  const isJob = ({ object }: Document) => object.kind === 'RayCronJob';
  return new Map(
    tenantsOf(documents).map((tenant) => {
      const own = documents.filter(({ object }) => object.metadata.namespace === tenant);
      const notebooks = notebooksOf(cluster).filter(({ namespace }) => namespace === tenant);
      const always = [...templatesOf(own.filter((document) => !isJob(document))), ...notebooks];
      return [tenant, { always, jobs: own.filter(isJob).map((job) => templatesOf([job])) }];
    }),
  );
}

/** Creates the pods of a load, and takes them away. Gives how many there were at most. */
async function fits(stage: Stage, namespace: string, { always, jobs }: Load): Promise<number> {
  let most = 0;
  for (const job of jobs.length === 0 ? [[]] : jobs) {
    await isolated(stage, namespace, async (api) => {
      const pods = [...always, ...job].flatMap(podsOf);
      for (const pod of pods) {
        const { status, body } = await api.create(pod);
        assert(status === 201, `${namespace}/${pod.metadata.name}: ${status} ${body.message}`);
      }
      most = Math.max(most, pods.length);
    });
  }
  return most;
}

function podsOf({ name, namespace, template, copies }: Template): Reference[] {
  return Array.from({ length: copies }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, name: `${name}-${index}`, namespace },
    spec: template.spec,
  }));
}

/** The largest load against a quota that holds one less than it uses. */
async function withQuotaBelow(stage: Stage, resource: string): Promise<void> {
  const { api, documents } = stage;
  const [first] = [...loads(stage)].filter(([, { always }]) => amountOf(always, resource) > 0);
  assert(first !== undefined, `no tenant of dist/ declares ${resource}`);
  const [namespace, load] = first;
  const quota = documents.find(
    ({ object }) =>
      object.kind === 'ResourceQuota' &&
      object.metadata.name === 'tenant' &&
      object.metadata.namespace === namespace,
  );
  assert(quota !== undefined, `dist/ has no ResourceQuota ${namespace}/tenant`);
  const below = String(Math.ceil(amountOf([...load.always, ...(load.jobs[0] ?? [])], resource)) - 1);
  await api.patch(quota.object, { spec: { hard: { [resource]: below } } });
  try {
    await counted(api, quota.object);
    await fits(stage, namespace, load);
  } finally {
    await api.apply(quota.object, quota.text);
    await counted(api, quota.object);
  }
}

/** The controller of quotas has seen the amounts of a ResourceQuota. */
async function counted(api: Api, quota: Reference): Promise<void> {
  await until(async () => {
    const { spec, status } = (await api.get(quota)).body;
    return isDeepStrictEqual(spec.hard, status?.hard) || undefined;
  }, `${quota.metadata.namespace}/${quota.metadata.name} to be counted`);
}

/** What the containers of all copies ask for: cores or GPUs. */
function amountOf(templates: readonly Template[], resource: string): number {
  const name = resource.slice('requests.'.length);
  return templates.reduce((sum, { template, copies }) => {
    const containers: Body[] = template.spec.containers;
    const each = containers.map(({ resources }) => number(resources.requests[name] ?? '0'));
    return sum + copies * each.reduce((total, amount) => total + amount, 0);
  }, 0);
}

function number(quantity: string): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);
}
