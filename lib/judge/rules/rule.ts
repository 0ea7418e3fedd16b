import type { IssueClass, Pointer } from '../../issue';
import type { KubernetesVersion } from '../version';

/** Tells what is wrong with the value at a pointer. */
export type Tell = (pointer: Pointer, message: string) => void;

/** What a rule may know besides the object. */
export interface Circumstances {
  readonly version: KubernetesVersion;
  /** The object as it is in the cluster. */
  readonly old?: unknown;
}

/** One thing that a schema cannot say about an object. Objects have the shape of their schema when rules see them. */
export interface Rule<T = never> {
  /** In kebab case; a user finds it in the finding. */
  readonly id: string;
  readonly class: IssueClass;
  /** By apiVersion and kind, as in `v1/Pod`; none means every kind. */
  readonly kinds?: readonly string[];
  readonly level?: 'warning';
  readonly hint?: string;
  check(object: T, tell: Tell, circumstances: Circumstances): void;
}
