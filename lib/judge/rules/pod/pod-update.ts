import type { Pointer } from '../../../issue';
import { isMap } from '../../defaults';
import type { Rule, Tell } from '../rule';

interface Pod {
  readonly spec: Readonly<Record<string, unknown>>;
}

/** What an update of a pod may change, in full or in part (ValidatePodUpdate, Kubernetes v1.36.1). */
const FREE: ReadonlySet<string> = new Set([
  'activeDeadlineSeconds',
  'schedulingGates',
  'terminationGracePeriodSeconds',
  'tolerations',
]);
/** What may be narrowed while a gate holds the pod back. */
const GATED: ReadonlySet<string> = new Set(['affinity', 'nodeSelector']);

/** A pod that is there keeps its spec, but for images and a few numbers. */
export const podUpdate: Rule<Pod> = {
  id: 'pod-update',
  class: 'apiserver',
  kinds: ['v1/Pod'],
  hint: 'delete the pod and create it anew',
  check({ spec }, tell, { old }) {
    if (!isMap(old) || !isMap(old.spec)) return;
    const isGated = Array.isArray(old.spec.schedulingGates) && old.spec.schedulingGates.length > 0;
    for (const [field, before] of Object.entries(old.spec)) {
      if (FREE.has(field) || (isGated && GATED.has(field))) continue;
      compare(before, spec[field], ['spec', field], tell);
    }
    keepTolerations(old.spec.tolerations, spec.tolerations, tell);
  },
};

/** Tells every place with another value. What is not written keeps its value, or has its default on both sides. */
function compare(before: unknown, after: unknown, pointer: Pointer, tell: Tell): void {
  if (before === undefined || after === undefined || pointer.at(-1) === 'image') return;
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) tell(pointer, 'cannot be changed: nothing may be added or removed');
    else for (const [index, item] of before.entries()) compare(item, after[index], [...pointer, index], tell);
  } else if (isMap(before) && isMap(after)) {
    for (const [key, value] of Object.entries(before)) compare(value, after[key], [...pointer, key], tell);
  } else if (before !== after) tell(pointer, 'cannot be changed');
}

function keepTolerations(before: unknown, after: unknown, tell: Tell): void {
  if (!Array.isArray(before) || !Array.isArray(after)) return;
  const kept = new Set(after.map((one) => JSON.stringify(one)));
  if (before.some((one) => !kept.has(JSON.stringify(one))))
    tell(['spec', 'tolerations'], 'tolerations may only be added');
}
