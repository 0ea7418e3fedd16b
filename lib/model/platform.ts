import type { ClusterSpec } from '../schema/cluster';
import type { TenantSpec } from '../schema/tenant';
import type { Allowed, State } from './state';

/** Amounts of one resource: cores, mebibytes or GPUs. */
export interface Budget {
  readonly interactive: number;
  readonly guaranteed: number;
  readonly max: number;
}

export interface Quota {
  /** Cores on CPU nodes. */
  readonly cpu: Budget;
  /** Mebibytes on CPU nodes. */
  readonly memory: Budget;
  /** Mebibytes of volumes. */
  readonly storage: number;
  /** By GPU type, sorted; only granted types. */
  readonly gpus: ReadonlyMap<string, Budget>;
}

/** What one container asks for: request and limit alike. */
export interface Compute {
  readonly cpu: number;
  /** Mebibytes. */
  readonly memory: number;
  readonly gpu?: { readonly type: string; readonly count: number };
}

export interface Pool {
  readonly name: string;
  readonly gpu?: string;
  readonly families: readonly string[];
  readonly capacity: readonly ('spot' | 'on-demand')[];
  readonly tenant?: string;
  readonly zones: readonly string[];
  readonly consolidateAfter: string;
  readonly limits: { readonly cpu?: number; readonly memory?: number; readonly gpus?: number };
}

export interface GpuType {
  readonly name: string;
  readonly displayName: string;
  readonly perGpu: { readonly cpu: number; readonly memory: number };
}

export interface Image {
  readonly key: string;
  readonly image: string;
  readonly ray: string;
  readonly python: string;
  readonly cuda?: string;
}

export interface Profile extends Compute {
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  readonly image: Image;
}

/** A cluster file with defaults filled in and references followed. */
export interface Cluster {
  readonly name: string;
  readonly source: string;
  readonly spec: ClusterSpec;
  readonly apiServer: { readonly serviceAddress: string };
  readonly hub: {
    readonly admin: string;
    readonly sso?: NonNullable<NonNullable<ClusterSpec['hub']>['sso']>;
    readonly idleTimeoutSeconds: number;
  };
  readonly gpuTypes: ReadonlyMap<string, GpuType>;
  readonly pools: readonly Pool[];
  readonly images: ReadonlyMap<string, Image>;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly registries: readonly string[];
}

export interface WorkerGroup extends Compute {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly capacity?: 'spot' | 'on-demand';
}

interface RayBase {
  readonly name: string;
  readonly image: Image;
  readonly head: Compute;
  readonly workers: readonly WorkerGroup[];
}

export interface RayCluster extends RayBase {
  readonly idleTimeoutSeconds: number;
}

type ServiceSpec = NonNullable<NonNullable<TenantSpec['ray']>['services']>[number];
type ScheduleSpec = NonNullable<NonNullable<TenantSpec['ray']>['schedules']>[number];

export interface RayService extends RayBase {
  readonly spec: ServiceSpec;
}

export interface RaySchedule extends RayBase {
  readonly spec: ScheduleSpec;
  readonly timeZone: string;
  readonly timeoutSeconds: number;
}

/** One tenant on one cluster, complete: what charts are given. */
export interface Placement {
  readonly tenant: string;
  readonly source: string;
  readonly cluster: Cluster;
  readonly spec: TenantSpec;
  readonly displayName: string;
  readonly state: State;
  readonly allowed: Allowed;
  readonly quota: Quota;
  readonly groups: { readonly admins: string; readonly users: string };
  readonly notebooks: {
    readonly profiles: readonly Profile[];
    readonly home: string;
    readonly idleTimeoutSeconds: number;
    readonly seats: number;
    readonly submitJobs: boolean;
  };
  readonly ray: {
    readonly clusters: readonly RayCluster[];
    readonly services: readonly RayService[];
    readonly schedules: readonly RaySchedule[];
  };
  readonly datasets: readonly string[];
  readonly secrets: readonly string[];
  readonly egress: 'internet' | 'none';
}

export interface Platform {
  readonly clusters: readonly Cluster[];
  readonly placements: readonly Placement[];
}
