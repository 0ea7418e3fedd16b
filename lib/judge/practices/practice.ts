import type { KubernetesObject } from '../../render/manifest';

/** What the API server accepts and nobody should write. */
export interface Defect {
  readonly rule: string;
  readonly object: KubernetesObject;
  readonly message: string;
  readonly hint: string;
}

/** Looks at the objects of one tenant, or of the platform, of a cluster. */
export type Practice = (objects: readonly KubernetesObject[], cluster: string) => Defect[];
