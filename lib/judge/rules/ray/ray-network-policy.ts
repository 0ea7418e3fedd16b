import { isDns1123Label } from '../../names';
import { items } from '../path';
import { clusterRule, type Opened } from './cluster-spec';

/** What a mode leaves open, so that rules for it are refused. */
const OPEN: Readonly<Record<string, keyof Opened>> = {
  DenyAllEgress: 'ingressRules',
  DenyAllIngress: 'egressRules',
};

/** The network policies that KubeRay makes for a cluster (validateNetworkPolicy of KubeRay v1.7.0). */
export const rayNetworkPolicy = clusterRule('ray-network-policy', (spec, at, tell) => {
  const { networkPolicy: policy, workerGroupSpecs = [] } = spec;
  if (policy === undefined) return;
  const pointer = [...at, 'networkPolicy'];
  const { mode = 'DenyAll', head = {}, worker = {} } = policy;
  const groups = items(policy.workerGroups, [...pointer, 'workerGroups']);
  const open = OPEN[mode];
  for (const [opened, where] of [
    [head, [...pointer, 'head']],
    [worker, [...pointer, 'worker']],
    ...groups,
  ] as const) {
    if (open !== undefined && (opened[open] ?? []).length > 0)
      tell([...where, open], `is not for mode ${mode}, which leaves it open`);
  }
  for (const [{ groupName = '' }, where] of items(workerGroupSpecs, [...at, 'workerGroupSpecs'])) {
    const problem = isDns1123Label(groupName);
    if (problem !== undefined) tell([...where, 'groupName'], `${problem}, with networkPolicy`);
  }
  for (const [{ groupName }, where] of groups) {
    if (!workerGroupSpecs.some((group) => group.groupName === groupName))
      tell([...where, 'groupName'], `no worker group "${groupName}"`);
  }
});
