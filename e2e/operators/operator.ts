import type { Api } from '../api';
import type { Document } from '../dist';
import type { Program } from '../programs';

/** Where an operator starts: a control plane with CRDs, before anything of dist/ is applied. */
export interface Site {
  readonly api: Api;
  /** File with the address and the credentials of the API server, of a cluster administrator. */
  readonly kubeconfig: string;
  /** Folder for files and logs, gone after the run unless a scenario fails. */
  readonly folder: string;
  readonly documents: readonly Document[];
  /** The file of a program. */
  program(name: Program): string;
  /** Starts a process that ends with the control plane; its output goes to <folder>/<name>.log. */
  start(name: string, command: string, args: readonly string[], env?: NodeJS.ProcessEnv): void;
  /** Resident memory of each started process by its name, in mebibytes. Default: none where there is no /proc. */
  memory(): ReadonlyMap<string, number>;
}

/** A controller that runs beside the control plane, outside of any pod. */
export interface Operator {
  readonly name: string;
  readonly programs: readonly Program[];
  /** Whether it brings CRDs and dist/ itself. Default: they are applied, CRDs before operators. */
  readonly syncs?: boolean;
  /** Flags that kube-controller-manager gets beside it. Default: none. */
  readonly controllerFlags?: readonly string[];
  /** Brings what its Helm chart would bring, starts it, and waits until it works. */
  start(site: Site): Promise<void>;
}
