import { join } from 'node:path';
import { sourceOf } from '../programs';
import type { Operator } from './operator';

/** What a kubelet does, in KWOK's own words: nodes get ready, bound pods run, deleted pods go. */
const STAGES = [
  'node/fast/node-initialize.yaml',
  'node/heartbeat-with-lease/node-heartbeat-with-lease.yaml',
  'pod/fast/pod-ready.yaml',
  'pod/fast/pod-delete.yaml',
];

/** KWOK plays the kubelet of every node; no container runs, and pods of Jobs succeed at once. */
export const kwok = playing('kwok', [...STAGES, 'pod/fast/pod-complete.yaml']);

/** Here pods of Jobs run on: KubeRay lets a RayJob fail 30 s after the pod that submits it has ended (1.6). */
export const endlessKwok = playing('endless kwok', STAGES);

function playing(name: string, stages: readonly string[]): Operator {
  return {
    name,
    programs: ['kwok'],
    async start({ kubeconfig, program, start }) {
      const source = sourceOf('kwok', 'sigs.k8s.io/kwok');
      start('kwok', program('kwok'), [
        `--kubeconfig=${kubeconfig}`,
        ...stages.map((file) => `--config=${join(source, 'kustomize/stage', file)}`),
        '--manage-all-nodes=true',
        '--node-lease-duration-seconds=40',
      ]);
    },
  };
}
