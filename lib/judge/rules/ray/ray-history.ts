import type { Pointer } from '../../../issue';
import { items } from '../path';
import type { Tell } from '../rule';
import { type CollectorOptions, clusterRule, groupsOf } from './cluster-spec';

const COLLECTOR = 'ray-history-collector';
const BACKEND = 'STORAGE_BACKEND';

/** Variables that KubeRay sets in the collector itself. */
const SET: ReadonlySet<string> = new Set([
  'POD_IP',
  'FQ_RAY_IP',
  'RAY_CLUSTER_NAME',
  'RAY_CLUSTER_NAMESPACE',
  'RAY_ROLE',
  'OWNER_KIND',
  'OWNER_NAME',
  'EVENTS_PORT',
]);

/** Variables that each backend needs. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  GCS: ['GCS_BUCKET'],
  S3: ['S3_REGION'],
  ALIYUNOSS: ['OSS_BUCKET', 'OSS_ENDPOINT', 'OSS_REGION'],
};

const CONNECTION = 'AZURE_STORAGE_CONNECTION_STRING';
const ACCOUNT = 'AZURE_STORAGE_ACCOUNT_URL';

/** One of these variables by AZURE_STORAGE_AUTH_MODE. */
const AZURE: Readonly<Record<string, readonly string[]>> = {
  connection_string: [CONNECTION],
  workload_identity: [ACCOUNT],
  default: [ACCOUNT],
};

/** Where the history of a cluster goes (validateCollectorOptions of KubeRay v1.7.0). */
export const rayHistory = clusterRule('ray-history', (spec, at, tell) => {
  if (spec.historyServerOptions === undefined) return;
  const pointer = [...at, 'historyServerOptions'];
  const { collectorOptions: options } = spec.historyServerOptions;
  if (options === undefined) tell(pointer, 'needs collectorOptions');
  else checkCollector(options, [...pointer, 'collectorOptions'], tell);
  for (const [{ template }, where] of groupsOf(spec, at)) {
    const containers = items(template.spec?.containers, [...where, 'template', 'spec', 'containers']);
    for (const [{ name }, place] of containers) {
      if (name === COLLECTOR) tell(place, 'is added by KubeRay itself');
    }
  }
});

function checkCollector({ image = '', env = [] }: CollectorOptions, at: Pointer, tell: Tell): void {
  if (image === '') tell(at, 'needs image');
  for (const [{ name }, pointer] of items(env, [...at, 'env'])) {
    if (SET.has(name)) tell(pointer, `${name} is set by KubeRay itself`);
  }
  const variables = new Map(env.map((variable) => [variable.name, variable]));
  const backend = variables.get(BACKEND)?.value?.toUpperCase() ?? '';
  if (backend === '') tell([...at, 'env'], `needs ${BACKEND} with a value`);
  const has = (name: string) => {
    const { value = '', valueFrom } = variables.get(name) ?? {};
    return value !== '' || valueFrom !== undefined;
  };
  for (const name of NEEDED[backend] ?? []) {
    if (!has(name)) tell([...at, 'env'], `needs ${name} for ${backend}`);
  }
  if (backend !== 'AZUREBLOB') return;
  const mode = variables.get('AZURE_STORAGE_AUTH_MODE')?.value?.trim().toLowerCase() ?? '';
  const choice = AZURE[mode] ?? [CONNECTION, ACCOUNT];
  if (!choice.some(has)) tell([...at, 'env'], `needs ${choice.join(' or ')} for ${backend}`);
}
