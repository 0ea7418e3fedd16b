import { isDuration } from '../duration';
import type { Rule } from '../rule';
import type { ClusterSpec } from './cluster-spec';

interface Service {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly rayClusterConfig?: ClusterSpec;
  };
}

const TIMEOUT = 'ray.io/initializing-timeout';

/** What KubeRay says against a RayService beyond its cluster. */
export const rayService: Rule<Service> = {
  id: 'ray-service',
  class: 'controller',
  kinds: ['ray.io/v1/RayService'],
  check({ metadata, spec = {} }, tell) {
    const { rayClusterConfig: cluster } = spec;
    if (cluster?.authOptions?.enableK8sTokenAuth) {
      tell(['spec', 'rayClusterConfig', 'authOptions'], 'enableK8sTokenAuth is not for RayServices');
    }
    if (cluster?.headGroupSpec.headService?.metadata?.name) {
      tell(
        ['spec', 'rayClusterConfig', 'headGroupSpec', 'headService'],
        'must have no name: KubeRay gives one',
      );
    }
    const timeout = metadata?.annotations?.[TIMEOUT] ?? '';
    if (timeout !== '' && !(isPositive(timeout) && (isDuration(timeout) || /^\+?[0-9]+$/.test(timeout)))) {
      tell(['metadata', 'annotations', TIMEOUT], 'must be a duration such as "5m", or seconds');
    }
  },
};

function isPositive(text: string): boolean {
  return !text.startsWith('-') && /[1-9]/.test(text);
}
