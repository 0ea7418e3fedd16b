import { isLabelValue, isQualifiedName } from '../../names';
import { checkLabels } from '../meta/labels';
import { items } from '../path';
import type { Rule } from '../rule';

interface Flavor {
  readonly spec?: {
    readonly nodeLabels?: Readonly<Record<string, string>>;
    readonly nodeTaints?: readonly {
      readonly key: string;
      readonly value?: string;
      readonly effect: string;
    }[];
    readonly tolerations?: readonly { readonly key?: string }[];
  };
}

/** Labels and taints of the nodes of a flavor (resourceflavor_webhook.go of Kueue v0.19.2). */
export const flavors: Rule<Flavor> = {
  id: 'flavors',
  class: 'controller',
  kinds: ['kueue.x-k8s.io/v1beta2/ResourceFlavor'],
  check({ spec = {} }, tell) {
    checkLabels(spec.nodeLabels, ['spec', 'nodeLabels'], tell);
    const seen = new Set<string>();
    for (const [{ key, value = '', effect }, at] of items(spec.nodeTaints, ['spec', 'nodeTaints'])) {
      const problem = isQualifiedName(key) ?? isLabelValue(value);
      if (problem !== undefined) tell(at, problem);
      if (seen.has(`${key} ${effect}`)) tell(at, `repeats ${key} with ${effect}`);
      seen.add(`${key} ${effect}`);
    }
    for (const [{ key = '' }, at] of items(spec.tolerations, ['spec', 'tolerations'])) {
      const problem = key === '' ? undefined : isQualifiedName(key);
      if (problem !== undefined) tell([...at, 'key'], problem);
    }
  },
};
