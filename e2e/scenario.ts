import type { Api } from './api';
import type { Document } from './dist';

/** What a scenario is given: a control plane with the CRDs and the platform's namespaces, and what synth rendered. */
export interface Stage {
  readonly api: Api;
  readonly documents: readonly Document[];
  /** Prints a line that belongs to the result, such as an exception from applying dist/ byte for byte. */
  note(line: string): void;
}

/** An assertion about behaviour, and its twins: in each one thing is changed, and it must fail. */
export interface Scenario {
  readonly name: string;
  readonly says: string;
  run(stage: Stage): Promise<void>;
  readonly twins: Readonly<Record<string, (stage: Stage) => Promise<void>>>;
}

/** Fails with a message unless the condition holds. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
