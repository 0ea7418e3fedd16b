import type { Operator } from './operator';

/** The scheduler of Kubernetes, as EKS runs it: with the defaults of its version. */
export const scheduler: Operator = {
  name: 'kube-scheduler',
  programs: ['kube-scheduler'],
  async start({ kubeconfig, program, start }) {
    start('kube-scheduler', program('kube-scheduler'), [
      `--kubeconfig=${kubeconfig}`,
      '--leader-elect=false',
      '--secure-port=0',
    ]);
  },
};
