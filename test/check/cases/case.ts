import type { Change } from '../../support/inputs';

/** One mistake in the fixture, and the one finding that it must give. */
export interface Case {
  readonly rule: string;
  readonly change: Change;
  /** What no text of a file can do, such as a symbolic link. */
  readonly prepare?: (root: string) => void;
  /** Place of the finding, and the text that stands there: `tenants/red.yaml:4:9 red`. */
  readonly at: string;
  /** The essential part of the message. */
  readonly message: string;
  /** The essential part of the hint; a finding of a case without one has none. */
  readonly hint?: string;
}
