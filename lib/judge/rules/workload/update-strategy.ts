import type { Pointer } from '../../../issue';
import { isNothing, portionProblem, shareProblem } from '../amounts';
import type { Rule, Tell } from '../rule';
import { listOf } from '../tables';

interface Strategy {
  readonly type?: string;
  readonly rollingUpdate?: {
    readonly maxSurge?: number | string;
    readonly maxUnavailable?: number | string;
    readonly partition?: number;
  };
}

interface Workload {
  readonly kind: string;
  readonly spec?: { readonly strategy?: Strategy; readonly updateStrategy?: Strategy };
}

const TYPES: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['Recreate', 'RollingUpdate'],
  DaemonSet: ['RollingUpdate', 'OnDelete'],
  StatefulSet: ['RollingUpdate', 'OnDelete'],
};

/** How new pods take the place of old ones. */
export const updateStrategy: Rule<Workload> = {
  id: 'update-strategy',
  class: 'apiserver',
  kinds: ['apps/v1/DaemonSet', 'apps/v1/Deployment', 'apps/v1/StatefulSet'],
  check({ kind, spec = {} }, tell) {
    const field = kind === 'Deployment' ? 'strategy' : 'updateStrategy';
    const { type = 'RollingUpdate', rollingUpdate } = spec[field] ?? {};
    const at = ['spec', field];
    const types = TYPES[kind] ?? [];
    if (!types.includes(type)) tell([...at, 'type'], `must be ${listOf(types)}`);
    if (rollingUpdate === undefined) return;
    const pointer = [...at, 'rollingUpdate'];
    if (type !== 'RollingUpdate') {
      if (kind !== 'DaemonSet') tell(pointer, 'needs type RollingUpdate');
      return;
    }
    checkRolling(kind, rollingUpdate, pointer, tell);
  },
};

function checkRolling(
  kind: string,
  rolling: NonNullable<Strategy['rollingUpdate']>,
  at: Pointer,
  tell: Tell,
): void {
  const { maxSurge, maxUnavailable, partition = 0 } = rolling;
  const isDaemon = kind === 'DaemonSet';
  const surge = maxSurge === undefined ? undefined : (isDaemon ? portionProblem : shareProblem)(maxSurge);
  if (surge !== undefined) tell([...at, 'maxSurge'], surge);
  if (partition < 0) tell([...at, 'partition'], 'must not be negative');
  // MaxUnavailableStatefulSet is off by default (Kubernetes v1.36.1): the server drops the field before it validates.
  if (kind === 'StatefulSet') return;
  const unavailable = maxUnavailable === undefined ? undefined : portionProblem(maxUnavailable);
  if (unavailable !== undefined) tell([...at, 'maxUnavailable'], unavailable);
  const [grows, shrinks] = [
    !isNothing(maxSurge ?? (isDaemon ? 0 : '25%')),
    !isNothing(maxUnavailable ?? '25%'),
  ];
  if (!grows && !shrinks) tell([...at, 'maxUnavailable'], 'must not be 0 when maxSurge is 0');
  if (isDaemon && grows && maxUnavailable !== undefined && shrinks)
    tell([...at, 'maxSurge'], 'must be 0 when maxUnavailable is not');
}
