import { checkAnnotations } from '../meta/annotations';
import { checkLabels, type Labels } from '../meta/labels';
import { valueAt } from '../path';
import { POD_KINDS, podPath } from '../pods';
import type { Rule } from '../rule';

interface Metadata {
  readonly labels?: Labels;
  readonly annotations?: Labels;
}

/** Labels and annotations that the pods of a workload get. */
export const templateMetadata: Rule<object> = {
  id: 'template-metadata',
  class: 'apiserver',
  kinds: POD_KINDS.filter((kind) => kind !== 'v1/Pod'),
  check(object, tell) {
    const at = [...podPath(object).slice(0, -1), 'metadata'];
    const { labels, annotations } = (valueAt(object, at) ?? {}) as Metadata;
    checkLabels(labels, [...at, 'labels'], tell);
    checkAnnotations(annotations, [...at, 'annotations'], tell);
  },
};
