import type { IssueClass, Pointer } from '../issue';

/** One deviation of an object. */
export interface Finding {
  /** The value in question; of a missing field, the object that lacks it. */
  readonly pointer: Pointer;
  readonly message: string;
  /** Id of the rule. */
  readonly rule: string;
  readonly class: IssueClass;
  readonly level?: 'error' | 'warning';
  readonly hint?: string;
}
