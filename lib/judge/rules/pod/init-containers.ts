import { items } from '../path';
import { podRule } from '../pods';

const FORBIDDEN = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;

/** A container that ends before the others start has nobody to probe it; one that goes on is a sidecar. */
export const initContainers = podRule('init-containers', (pod, at, tell) => {
  for (const [container, pointer] of items(pod.initContainers, [...at, 'initContainers'])) {
    const { restartPolicy } = container;
    if (restartPolicy === 'Always') continue;
    for (const field of FORBIDDEN) {
      if (container[field] !== undefined)
        tell([...pointer, field], 'needs restartPolicy Always in an init container');
    }
  }
});
