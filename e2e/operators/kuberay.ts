import { freePort, until } from '../wait';
import type { Operator } from './operator';

/** KubeRay as its chart runs it: all namespaces, no webhooks, no batch scheduler, and the gate that schedules need. */
export const kuberay: Operator = {
  name: 'ray-operator',
  programs: ['ray-operator'],
  async start({ kubeconfig, program, start }) {
    const probe = `127.0.0.1:${await freePort()}`;
    start('ray-operator', program('ray-operator'), [
      `--kubeconfig=${kubeconfig}`,
      // Off by default in KubeRay 1.6 and 1.7; without it a RayCronJob never runs.
      '--feature-gates=RayCronJob=true',
      '--enable-leader-election=false',
      '--metrics-addr=0',
      `--health-probe-bind-address=${probe}`,
    ]);
    await until(
      async () => ((await fetch(`http://${probe}/readyz`)).ok ? true : undefined),
      'the operator of KubeRay',
    );
  },
};
