import type { Placement } from '../model/platform';
import type { KubernetesObject } from '../render/manifest';

/** What is rendered of one tenant on one cluster, and of the platform beside it. */
export interface Evidence {
  readonly placement: Placement;
  readonly objects: readonly KubernetesObject[];
  /** Objects of the cluster that no tenant owns. */
  readonly platform: readonly KubernetesObject[];
}

/** Where a property does not hold: the object, if one is to blame, and what is wrong. */
export interface Gap {
  readonly object?: KubernetesObject;
  readonly message: string;
}

/** A property of everything that is rendered of a tenant, computed from the objects alone. */
export interface Proof {
  /** Id of its findings. */
  readonly rule: string;
  /** What holds where nothing is found, as one sentence. */
  readonly proves: string;
  /** Why it matters: what goes wrong without it. */
  readonly why: string;
  /** Where that was read. */
  readonly source: string;
  readonly find: (evidence: Evidence) => Gap[];
}
