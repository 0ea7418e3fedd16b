import { GPU_RESOURCE, LABEL, NO_GPU, priorityClass, TAINT } from '../../lib/model/names';
import type { Cluster, Profile } from '../../lib/model/platform';
import { sharedMemory } from '../tenant/ray/pod';

const MEBIBYTE = 1024 * 1024;
const API_TOKEN = 'api-token';

/** What hub/tenantry/catalogue.py lets members choose from; a tenant's ConfigMap names entries, and nothing else. */
export function catalogue(cluster: Cluster) {
  return {
    profiles: Object.fromEntries(
      [...cluster.profiles.values()].map((profile) => [
        profile.name,
        {
          displayName: profile.displayName,
          ...(profile.description === undefined ? {} : { description: profile.description }),
          ownPools: ownPools(cluster, profile),
          traits: traits(profile),
        },
      ]),
    ),
    apiToken: {
      volumes: { [API_TOKEN]: apiToken() },
      volume_mounts: {
        [API_TOKEN]: {
          name: API_TOKEN,
          mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
          readOnly: true,
        },
      },
    },
  };
}

/** Traits of KubeSpawner (7.0) that a profile decides. Requests are limits: a notebook gets what it was promised. */
function traits(profile: Profile) {
  const { image, cpu, memory, gpu } = profile;
  const bytes = memory * MEBIBYTE;
  const gpus = gpu === undefined ? {} : { [GPU_RESOURCE]: String(gpu.count) };
  return {
    image: image.image,
    cpu_guarantee: cpu,
    cpu_limit: cpu,
    mem_guarantee: bytes,
    mem_limit: bytes,
    extra_resource_guarantees: gpus,
    extra_resource_limits: gpus,
    node_selector: { [LABEL.gpuType]: gpu?.type ?? NO_GPU },
    priority_class_name: priorityClass(gpu?.type),
    tolerations:
      gpu === undefined ? [] : [{ key: TAINT.gpu, operator: 'Equal', value: gpu.type, effect: 'NoSchedule' }],
    // Data loaders of PyTorch pass batches through it.
    volumes: { shm: sharedMemory(profile) },
    volume_mounts: { shm: { name: 'shm', mountPath: '/dev/shm' } },
  };
}

/** Tenants that have a pool of their own for this kind of node. */
function ownPools({ pools }: Cluster, { gpu }: Profile): string[] {
  return pools
    .filter((pool) => pool.gpu === gpu?.type)
    .flatMap(({ tenant }) => tenant ?? [])
    .sort();
}

/** What a pod would be given where service accounts mount their token: here only to submit jobs. */
function apiToken() {
  return {
    name: API_TOKEN,
    projected: {
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        {
          downwardAPI: {
            items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
          },
        },
      ],
    },
  };
}
