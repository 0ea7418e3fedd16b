import { resolve } from 'node:path';
import { loadPlatform } from '../../lib/check/platform';
import { seatsOf } from '../../lib/model/demand';
import type { Placement, Profile } from '../../lib/model/platform';
import type { Template } from '../templates';

const ROOT = resolve(__dirname, '../..');

/** A pod of every notebook profile of every tenant, placed as the tenant's policies want it. */
export function notebooksOf(cluster: string): Template[] {
  const { platform } = loadPlatform(ROOT);
  const placements = platform?.placements ?? [];
  return placements
    .filter((placement) => placement.cluster.name === cluster)
    .flatMap((placement) => placement.notebooks.profiles.map((profile) => notebook(placement, profile)));
}

function notebook(placement: Placement, { name, image, cpu, memory, gpu }: Profile): Template {
  const { tenant } = placement;
  const seats = seatsOf(placement).find(({ profile }) => profile.name === name);
  const gpus = gpu === undefined ? {} : { 'nvidia.com/gpu': String(gpu.count) };
  const amounts = { cpu: String(cpu), memory: `${memory}Mi`, ...gpus };
  return {
    name: `notebook-${name}`,
    namespace: tenant,
    copies: seats?.times ?? 0,
    template: {
      // KubeSpawner.extra_annotations of the hub.
      metadata: { annotations: { 'karpenter.sh/do-not-disrupt': 'true' } },
      spec: {
        serviceAccountName: 'notebook',
        automountServiceAccountToken: false,
        priorityClassName: gpu === undefined ? 'tenant-cpu' : `tenant-gpu-${gpu.type}`,
        nodeSelector: { 'tenantry.dev/gpu-type': gpu?.type ?? 'none' },
        tolerations: [{ key: 'tenantry.dev/tenant', operator: 'Equal', value: tenant, effect: 'NoSchedule' }],
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'notebook',
            image: image.image,
            resources: { requests: amounts, limits: amounts },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
      },
    },
  };
}
