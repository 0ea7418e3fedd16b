import { resolveCluster } from '../../lib/model/cluster';
import { resolvePlacement } from '../../lib/model/placement';
import type { Cluster, Placement } from '../../lib/model/platform';
import { collect } from '../../lib/render/collect';
import type { KubernetesObject, Manifest } from '../../lib/render/manifest';
import type { ClusterFile } from '../../lib/schema/cluster';
import { API_VERSION } from '../../lib/schema/fields';
import type { TenantFile } from '../../lib/schema/tenant';

const source = 'a fixture, read 2026-11-24';

/** A cluster with a shared GPU type, one that belongs to tenant vision, and one that nobody is granted. */
export const CLUSTER: ClusterFile = {
  apiVersion: API_VERSION,
  kind: 'Cluster',
  metadata: { name: 'lab' },
  spec: {
    region: 'eu-west-1',
    account: '111122223333',
    zones: ['eu-west-1a', 'eu-west-1b'],
    kubernetesVersion: '1.36',
    domain: 'ml.example.com',
    git: { url: 'https://github.com/example/ml-platform.git', revision: 'lab' },
    network: {
      vpcCidr: '10.0.0.0/16',
      serviceCidr: '172.20.0.0/16',
      controlPlaneCidrs: ['10.0.255.0/28', '10.0.255.16/28'],
      endpointCidrs: ['10.0.254.0/26', '10.0.254.64/26'],
    },
    nodes: { ami: { alias: 'al2023@v20260714', source }, disk: { cpu: '100Gi', gpu: '300Gi' } },
    gpuTypes: {
      a10g: gpuType('g5', '22888Mi', 7, '26Gi'),
      h100: gpuType('p5', '81920Mi', 14, '220Gi'),
      l4: gpuType('g6', '22888Mi', 3, '12Gi'),
    },
    pools: {
      cpu: { families: ['m7i'], capacity: ['spot', 'on-demand'], limits: { cpu: 512, memory: '2Ti' } },
      a10g: { gpu: 'a10g', capacity: ['spot', 'on-demand'], limits: { gpus: 32 } },
      h100: { gpu: 'h100', capacity: ['on-demand'], tenant: 'vision', limits: { gpus: 16 } },
      l4: { gpu: 'l4', capacity: ['spot'], limits: { gpus: 8 } },
    },
    images: {
      gpu: {
        image: 'registry.example.com/ray:2.60.0-gpu',
        ray: '2.60.0',
        python: '3.12',
        cuda: '12.8',
        source,
      },
      old: {
        image: 'registry.example.com/ray:2.58.0-gpu',
        ray: '2.58.0',
        python: '3.12',
        cuda: '12.8',
        source,
      },
    },
    profiles: {
      small: { displayName: 'CPU', cpu: 2, memory: '8Gi' },
      gpu: { displayName: 'GPU', cpu: 7, memory: '26Gi', gpu: 'a10g' },
    },
    datasets: { mnist: { prefix: 'datasets/mnist/', readers: 'all' } },
    defaults: { image: 'gpu', profiles: ['small'] },
  },
};

function gpuType(family: string, gpuMemory: string, cpu: number, memory: string) {
  return { displayName: family, families: [family], memory: gpuMemory, perGpu: { cpu, memory }, source };
}

/** A tenant without anything optional. */
export const SMALL: TenantFile = {
  apiVersion: API_VERSION,
  kind: 'Tenant',
  metadata: { name: 'nlp' },
  spec: {
    owner: 'grace@example.com',
    members: { admins: ['grace'] },
    clusters: ['lab'],
    quota: { cpu: 8, memory: '32Gi', storage: '100Gi' },
  },
};

const ROLE = 'arn:aws:iam::111122223333:role/research/vision';

/** A tenant with something of everything: queued jobs, a dedicated pool, a service with a host, a schedule. */
export const VISION: TenantFile = {
  apiVersion: API_VERSION,
  kind: 'Tenant',
  metadata: { name: 'vision' },
  spec: {
    displayName: 'Computer Vision',
    owner: 'ada@example.com',
    costCenter: '4711',
    members: {
      admins: ['ada'],
      users: ['alan', 'edsger'],
      groups: { admins: 'vision-leads' },
      roles: { users: ROLE },
    },
    clusters: ['lab'],
    quota: {
      cpu: { interactive: 64, jobs: { guaranteed: 16, max: 40 } },
      memory: { interactive: '256Gi', jobs: { guaranteed: '64Gi', max: '160Gi' } },
      storage: '1Ti',
      gpus: { a10g: { interactive: 8, jobs: { guaranteed: 2, max: 4 } }, h100: 4 },
    },
    notebooks: { profiles: ['small', 'gpu'], home: '50Gi', idleTimeout: '30m', seats: 2 },
    ray: {
      clusters: [
        {
          name: 'training',
          workers: [
            { name: 'cpu', cpu: 4, memory: '16Gi', min: 1, max: 4 },
            { name: 'gpu', gpu: 'a10g', max: 2 },
            { name: 'big', gpu: 'h100', gpus: 2, max: 1, capacity: 'on-demand' },
          ],
        },
      ],
      services: [
        {
          name: 'chat',
          image: 'old',
          importPath: 'chat.serve:app',
          host: 'chat.ml.example.com',
          env: { MODEL: 'small' },
          deployments: [
            { name: 'Router', max: 1 },
            { name: 'Chat', min: 0, max: 2, cpus: 2, gpus: 0.5 },
          ],
          workers: [{ name: 'gpu', gpu: 'a10g', min: 1, max: 2 }],
        },
      ],
      schedules: [
        {
          name: 'nightly',
          schedule: '0 2 * * *',
          timeZone: 'Europe/Berlin',
          entrypoint: 'python evaluate.py',
          workingDir: 's3://bucket/eval.zip',
          pip: ['transformers==5.23.0'],
          workers: [{ name: 'gpu', gpu: 'a10g', replicas: 2 }],
          timeout: '3h',
        },
      ],
    },
    datasets: ['mnist'],
    bucket: true,
    secrets: ['hub-token'],
  },
};

/** A copy of a tenant with other fields of spec. */
export function withSpec(tenant: TenantFile, spec: Partial<TenantFile['spec']>, name?: string): TenantFile {
  const metadata = name === undefined ? tenant.metadata : { name };
  return { ...tenant, metadata, spec: { ...tenant.spec, ...spec } };
}

export function resolveFixture(cluster: ClusterFile = CLUSTER): Cluster {
  return resolveCluster(cluster, `clusters/${cluster.metadata.name}.yaml`);
}

export function place(tenant: TenantFile, cluster: ClusterFile = CLUSTER): Placement {
  return resolvePlacement(tenant, `tenants/${tenant.metadata.name}.yaml`, resolveFixture(cluster));
}

/** Everything rendered for tenants on a cluster, the cluster's own included, with the files. */
export function renderManifests(tenants: readonly TenantFile[], cluster: ClusterFile = CLUSTER): Manifest[] {
  const placements = tenants.map((tenant) => place(tenant, cluster));
  return [...collect({ clusters: [resolveFixture(cluster)], placements })].flat();
}

/** The same as objects only. */
export function renderAll(
  tenants: readonly TenantFile[],
  cluster: ClusterFile = CLUSTER,
): KubernetesObject[] {
  return renderManifests(tenants, cluster).map(({ object }) => object);
}

/** Objects of one tenant, those of Argo CD included. */
export function renderTenant(tenant: TenantFile, cluster: ClusterFile = CLUSTER): KubernetesObject[] {
  const manifests = [...collect({ clusters: [], placements: [place(tenant, cluster)] })].flat();
  return manifests.map(({ object }) => object);
}
