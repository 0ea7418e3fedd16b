import { join } from 'node:path';
import { sourceOf } from '../programs';
import type { Operator } from './operator';

/** What a kubelet does, in KWOK's own words: nodes get ready, bound pods run, jobs succeed, deleted pods go. */
const STAGES = [
  'node/fast/node-initialize.yaml',
  'node/heartbeat-with-lease/node-heartbeat-with-lease.yaml',
  'pod/fast/pod-ready.yaml',
  'pod/fast/pod-complete.yaml',
  'pod/fast/pod-delete.yaml',
];

/** KWOK plays the kubelet of every node; no container runs. */
export const kwok: Operator = {
  name: 'kwok',
  programs: ['kwok'],
  async start({ kubeconfig, program, start }) {
    const source = sourceOf('kwok', 'sigs.k8s.io/kwok');
    start('kwok', program('kwok'), [
      `--kubeconfig=${kubeconfig}`,
      ...STAGES.map((file) => `--config=${join(source, 'kustomize/stage', file)}`),
      '--manage-all-nodes=true',
      '--node-lease-duration-seconds=40',
    ]);
  },
};
