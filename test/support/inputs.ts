import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { loadPlatform } from '../../lib/check/platform';
import type { Issue } from '../../lib/issue';
import type { Platform } from '../../lib/model/platform';
import { withFolder } from '../render/fixtures';

/** Values by the path of their field, such as `spec.quota.cpu`; undefined removes the field. */
export type Fields = Readonly<Record<string, unknown>>;

/** What differs from the fixture, by file: fields to set, a whole text, or null for no such file. */
export type Change = Readonly<Record<string, Fields | string | Uint8Array | null>>;

const SOURCE = 'a page, read 2026-11-24';
const SMALL = { cpu: 1, memory: '4Gi' };

const CLUSTER = {
  apiVersion: 'tenantry.dev/v1alpha1',
  kind: 'Cluster',
  metadata: { name: 'main' },
  spec: {
    region: 'eu-west-1',
    zones: ['eu-west-1a', 'eu-west-1b'],
    kubernetesVersion: '1.36',
    domain: 'ml.example.com',
    git: { url: 'https://git.example.com/ml.git', revision: 'main' },
    network: {
      vpcCidr: '10.0.0.0/16',
      serviceCidr: '172.20.0.0/16',
      controlPlaneCidrs: ['10.0.255.0/28', '10.0.255.16/28'],
      endpointCidrs: ['10.0.254.0/26', '10.0.254.64/26'],
    },
    nodes: { ami: { alias: 'al2023@v20260714', source: SOURCE }, disk: { cpu: '100Gi', gpu: '300Gi' } },
    gpuTypes: {
      l4: {
        displayName: 'NVIDIA L4',
        families: ['g6'],
        memory: '22888Mi',
        perGpu: { cpu: 3, memory: '12Gi' },
        source: SOURCE,
      },
    },
    pools: {
      cpu: { families: ['m7i'], capacity: ['spot', 'on-demand'], limits: { cpu: 60, memory: '200Gi' } },
      l4: { gpu: 'l4', capacity: ['on-demand'], limits: { gpus: 8 } },
    },
    images: {
      cuda: {
        image: 'r.example.com/ray:2.60.0',
        ray: '2.60.0',
        python: '3.12',
        cuda: '12.8',
        source: SOURCE,
      },
      plain: { image: 'r.example.com/ray-cpu:2.60.0', ray: '2.60.0', python: '3.12', source: SOURCE },
    },
    profiles: {
      small: { displayName: 'Small', image: 'plain', ...SMALL },
      gpu: { displayName: 'GPU', cpu: 3, memory: '12Gi', gpu: 'l4' },
    },
    datasets: {
      mnist: { prefix: 'datasets/mnist/', readers: 'all' },
      scans: { prefix: 'datasets/scans/', readers: ['red'] },
    },
    defaults: { image: 'cuda', profiles: ['small'] },
    account: '111122223333',
  },
};

/** A tenant that uses everything, each budget exactly. */
const RED = {
  apiVersion: 'tenantry.dev/v1alpha1',
  kind: 'Tenant',
  metadata: { name: 'red' },
  spec: {
    owner: 'ada@example.com',
    members: { admins: ['ada'], users: ['alan'] },
    clusters: ['main'],
    quota: {
      cpu: { interactive: 14.5, jobs: { guaranteed: 2.5 } },
      memory: { interactive: '55Gi', jobs: { guaranteed: '9Gi' } },
      storage: '40Gi',
      gpus: { l4: { interactive: 3, jobs: { guaranteed: 1, max: 2 } } },
    },
    notebooks: { profiles: ['small', 'gpu'], seats: 3 },
    ray: {
      clusters: [
        {
          name: 'train',
          workers: [
            { name: 'cpu', ...SMALL, max: 2 },
            { name: 'gpu', gpu: 'l4', max: 2 },
          ],
        },
      ],
      services: [
        {
          name: 'chat',
          importPath: 'chat:app',
          deployments: [{ name: 'Chat', max: 2 }],
          workers: [{ name: 'cpu', ...SMALL, max: 1 }],
          host: 'chat.ml.example.com',
          env: { HF_HOME: '/tmp/hf' },
        },
      ],
      schedules: [
        {
          name: 'nightly',
          schedule: '0 2 * * *',
          entrypoint: 'python eval.py',
          workers: [{ name: 'gpu', gpu: 'l4', replicas: 2 }],
        },
      ],
    },
    datasets: ['mnist', 'scans'],
  },
};

/** The shortest tenant. */
const BLUE = {
  apiVersion: 'tenantry.dev/v1alpha1',
  kind: 'Tenant',
  metadata: { name: 'blue' },
  spec: {
    owner: 'grace@example.com',
    members: { admins: ['grace'] },
    clusters: ['main'],
    quota: { cpu: 1, memory: '4Gi', storage: '20Gi' },
  },
};

const FILES: Readonly<Record<string, object>> = {
  'clusters/main.yaml': CLUSTER,
  'tenants/red.yaml': RED,
  'tenants/blue.yaml': BLUE,
};

/** The text of the shortest tenant under another name. */
export function tenant(name: string, fields: Fields = {}): string {
  return dump(edited(BLUE, { 'metadata.name': name, ...fields }));
}

/** The text of the cluster under another name. */
export function cluster(name: string, fields: Fields = {}): string {
  return dump(edited(CLUSTER, { 'metadata.name': name, ...fields }));
}

/** The files of the fixture with a change. */
export function inputs(change: Change = {}): Record<string, string | Uint8Array> {
  const texts = new Map<string, string | Uint8Array>();
  for (const [file, object] of Object.entries(FILES)) texts.set(file, dump(object));
  for (const [file, wanted] of Object.entries(change)) {
    if (wanted === null) texts.delete(file);
    else if (typeof wanted === 'string' || wanted instanceof Uint8Array) texts.set(file, wanted);
    else texts.set(file, dump(edited(FILES[file] ?? {}, wanted)));
  }
  return Object.fromEntries(texts);
}

/** What loadPlatform says about the fixture with a change; `prepare` does what no text can. */
export function load(
  change: Change = {},
  prepare: (root: string) => void = () => {},
): { platform?: Platform; issues: Issue[] } {
  return withFolder((root) => {
    for (const folder of ['clusters', 'tenants']) mkdirSync(join(root, folder));
    for (const [file, text] of Object.entries(inputs(change))) writeFileSync(join(root, file), text);
    prepare(root);
    return loadPlatform(root);
  });
}

function edited(object: object, fields: Fields): object {
  const copy: unknown = JSON.parse(JSON.stringify(object));
  for (const [path, value] of Object.entries(fields)) set(copy, path.split('.'), value);
  return copy as object;
}

function set(parent: unknown, [key = '', ...rest]: readonly string[], value: unknown): void {
  const object = parent as Record<string, unknown>;
  if (rest.length > 0) {
    object[key] ??= {};
    set(object[key], rest, value);
  } else if (value === undefined) delete object[key];
  else object[key] = value;
}
