import { checkLabels } from '../meta/labels';
import { podRule } from '../pods';

/** Labels that the node must have can be labels. */
export const nodeSelector = podRule('node-selector', (pod, at, tell) => {
  checkLabels(pod.nodeSelector, [...at, 'nodeSelector'], tell);
});
