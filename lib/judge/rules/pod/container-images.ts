import { containersOf, podRule } from '../pods';

/**
 * The image of a pod has no space around it. Templates of Kubernetes' own kinds may have one
 * (validateContainerOnlyForPod, Kubernetes v1.36.1); their pods are refused.
 */
export const containerImages = podRule(
  'container-images',
  (pod, at, tell) => {
    for (const [{ image = '' }, pointer] of containersOf(pod, at)) {
      if (image.trim() !== image) tell([...pointer, 'image'], 'must not start or end with a space');
    }
  },
  ['v1/Pod'],
);
