import { clusterRule, envOf } from './cluster-spec';

const ENABLED = 'ray.io/ft-enabled';
const STORAGE = 'ray.io/external-storage-namespace';

/** Where Ray keeps its state is said in gcsFaultToleranceOptions only. */
export const rayFaultTolerance = clusterRule('ray-fault-tolerance', (spec, at, tell, annotations) => {
  const { gcsFaultToleranceOptions: options, headGroupSpec: head } = spec;
  const pointer = [...at, 'headGroupSpec'];
  const params = head.rayStartParams ?? {};
  const has = (name: string) => envOf(head, name) !== undefined;
  if (params['redis-username'] || has('REDIS_USERNAME'))
    tell(pointer, 'use gcsFaultToleranceOptions.redisUsername');
  if (options === undefined) {
    const enabled = annotations[ENABLED]?.toLowerCase() === 'true';
    if (!enabled && has('RAY_REDIS_ADDRESS'))
      tell(pointer, 'RAY_REDIS_ADDRESS needs gcsFaultToleranceOptions');
    return;
  }
  for (const name of [ENABLED, STORAGE]) {
    if (annotations[name])
      tell(['metadata', 'annotations', name], 'cannot stand beside gcsFaultToleranceOptions');
  }
  if (params['redis-password'] || has('REDIS_PASSWORD'))
    tell(pointer, 'use gcsFaultToleranceOptions.redisPassword');
  if (has('RAY_REDIS_ADDRESS')) tell(pointer, 'use gcsFaultToleranceOptions.redisAddress');
});
