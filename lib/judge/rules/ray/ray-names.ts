import { isDns1035Label } from '../../names';
import type { Rule } from '../rule';

/** Names of what KubeRay makes are longer, and must still fit (KubeRay v1.7.0, controllers/ray/utils/constant.go). */
const LONGEST: Readonly<Record<string, number>> = {
  RayCluster: 53,
  RayCronJob: 36,
  RayJob: 47,
  RayService: 47,
};

/** The name leaves room for what KubeRay adds to it. */
export const rayNames: Rule<{ readonly kind: string; readonly metadata?: { readonly name?: string } }> = {
  id: 'ray-names',
  class: 'controller',
  kinds: Object.keys(LONGEST).map((kind) => `ray.io/v1/${kind}`),
  check({ kind, metadata: { name = '' } = {} }, tell) {
    if (name === '') return;
    const most = LONGEST[kind] ?? 0;
    const problem = name.length > most ? `must have at most ${most} characters` : isDns1035Label(name);
    if (problem !== undefined) tell(['metadata', 'name'], problem);
  },
};
