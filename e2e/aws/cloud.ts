import type { Cluster } from '../../lib/model/platform';
import type { Catalogue, InstanceType } from './catalogue';

export interface Instance {
  readonly id: string;
  readonly type: InstanceType;
  readonly zone: string;
  readonly subnet: string;
  readonly image: string;
  readonly capacity: 'spot' | 'on-demand';
  readonly started: string;
  /** Script that the machine starts with, base64. */
  readonly userData: string;
  readonly tags: Map<string, string>;
  state: 'running' | 'terminated';
}

/** Called when a machine starts and ends. */
export interface Machines {
  boot(instance: Instance): void;
  halt(instance: Instance): void;
}

/** What one CreateFleet asked for, and what it got. */
export interface Fleet {
  readonly capacity: string;
  readonly types: readonly string[];
  readonly instance?: string;
}

/** An AWS account with one cluster, as the bootstrap would leave it: in memory, for one run. */
export class Cloud {
  readonly instances = new Map<string, Instance>();
  readonly launchTemplates = new Map<string, { id: string; userData: string }>();
  /** Role of each instance profile. Default: none yet. */
  readonly profiles = new Map<string, string | undefined>();
  /** Messages of the interruption queue that nobody has taken. */
  readonly messages: { readonly id: string; readonly body: string }[] = [];
  readonly fleets: Fleet[] = [];
  /** Machines that did not join, and why. */
  readonly failures: string[] = [];
  /** Actions that were asked for and are not played here. */
  readonly unknown = new Set<string>();
  /** Whether EC2 has no instance to give. Scenarios change it. */
  soldOut: (type: string, capacity: string) => boolean = () => false;

  readonly cluster: Cluster;
  readonly catalogue: Catalogue;
  readonly machines: Machines;
  private count = 0;

  constructor(cluster: Cluster, catalogue: Catalogue, machines: Machines) {
    this.cluster = cluster;
    this.catalogue = catalogue;
    this.machines = machines;
  }

  /** An identifier such as `i-00000000000000001`. */
  identify(kind: string): string {
    this.count += 1;
    return `${kind}-${this.count.toString(16).padStart(17, '0')}`;
  }

  get running(): Instance[] {
    return [...this.instances.values()].filter(({ state }) => state === 'running');
  }
}
