import type { Api } from './api';
import type { Document } from './dist';
import type { Operator, Site } from './operators/operator';

/** What a scenario is given: a control plane with CRDs, its operators and the platform's namespaces, and what synth rendered. */
export interface Stage {
  readonly api: Api;
  /** Name of the cluster whose dist/ this is. */
  readonly cluster: string;
  readonly documents: readonly Document[];
  readonly site: Site;
  /** Prints a line that belongs to the result: a figure, or an exception from applying dist/ byte for byte. */
  note(line: string): void;
}

/** An assertion about behaviour, and its twins: in each one thing is changed, and it must fail. */
export interface Scenario {
  readonly name: string;
  readonly says: string;
  /** Controllers beside the control plane; those with the same needs share one. Default: none, the quick tier. */
  readonly needs?: readonly Operator[];
  /** Whether one cluster is enough, the first. Default: it runs on every cluster of dist/. */
  readonly once?: boolean;
  /** Whether it needs a control plane that nothing else has used, to measure it. Default: it shares one. */
  readonly alone?: boolean;
  /** What this machine, or dist/ of the cluster, lacks to play it; it is skipped then. Default: nothing. */
  readonly lacks?: (cluster: string, documents: readonly Document[]) => string | undefined;
  run(stage: Stage): Promise<void>;
  readonly twins: Readonly<Record<string, (stage: Stage) => Promise<void>>>;
}

/** Fails with a message unless the condition holds. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Why something cannot be done. Default: it can. */
export function reasonOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
