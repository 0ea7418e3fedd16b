import type { PodTemplateSpec } from '../../../../imports/core';
import type { Pointer } from '../../../issue';
import { isMap } from '../../defaults';
import { parsePath, valueAt } from '../path';
import type { Rule, Tell } from '../rule';

/** The head or a group of workers. */
export interface Group {
  readonly groupName?: string;
  readonly rayStartParams?: Readonly<Record<string, string>>;
  readonly resources?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly suspend?: boolean;
  readonly priority?: number;
  readonly idleTimeoutSeconds?: number;
  readonly template: PodTemplateSpec;
}

/** A volume in a container. */
export interface Mount {
  readonly name: string;
  readonly mountPath: string;
}

/** Where Ray keeps its state. */
export interface StorageOptions {
  readonly backend?: string;
  readonly redisAddress?: string;
  readonly redisUsername?: object;
  readonly redisPassword?: object;
  readonly externalStorageNamespace?: string;
  readonly storage?: {
    readonly claimName?: string;
    readonly size?: unknown;
    readonly storageClassName?: string;
    readonly accessModes?: readonly string[];
  };
}

/** The container that collects the history of a cluster. */
export interface CollectorOptions {
  readonly image?: string;
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
}

/** Rules that open what a network policy of KubeRay has closed. */
export interface Opened {
  readonly ingressRules?: readonly object[];
  readonly egressRules?: readonly object[];
}

/** The network policies that KubeRay makes. */
export interface NetworkOptions {
  readonly mode?: string;
  readonly head?: Opened;
  readonly worker?: Opened;
  readonly workerGroups?: readonly (Opened & { readonly groupName: string })[];
}

/** What rules about Ray clusters look at. */
export interface ClusterSpec {
  readonly rayVersion?: string;
  readonly enableInTreeAutoscaling?: boolean;
  readonly autoscalerOptions?: {
    readonly version?: string;
    readonly idleTimeoutSeconds?: number;
    readonly env?: readonly { readonly name: string }[];
    readonly volumeMounts?: readonly Mount[];
  };
  readonly gcsFaultToleranceOptions?: StorageOptions;
  readonly historyServerOptions?: { readonly collectorOptions?: CollectorOptions };
  readonly networkPolicy?: NetworkOptions;
  readonly tlsOptions?: { readonly enabled?: boolean };
  readonly authOptions?: {
    readonly mode?: string;
    readonly enableK8sTokenAuth?: boolean;
    readonly secretName?: string;
  };
  readonly headGroupSpec: Group & {
    readonly headService?: { readonly metadata?: { readonly name?: string } };
  };
  readonly workerGroupSpecs?: readonly Group[];
  readonly upgradeStrategy?: { readonly type?: string };
}

/** Where each kind has the spec of a cluster. */
const PATHS: ReadonlyMap<string, readonly string[]> = new Map([
  ['ray.io/v1/RayCluster', parsePath('spec')],
  ['ray.io/v1/RayJob', parsePath('spec.rayClusterSpec')],
  ['ray.io/v1/RayService', parsePath('spec.rayClusterConfig')],
  ['ray.io/v1/RayCronJob', parsePath('spec.jobTemplate.rayClusterSpec')],
]);

type CheckCluster = (
  spec: ClusterSpec,
  at: Pointer,
  tell: Tell,
  annotations: Readonly<Record<string, string>>,
) => void;

/**
 * A rule about Ray clusters, whichever kind makes them: KubeRay judges them when it reconciles, sets an event and does
 * nothing (ValidateRayClusterSpec of KubeRay v1.7.0).
 */
export function clusterRule(id: string, check: CheckCluster): Rule<object> {
  return {
    id,
    class: 'controller',
    kinds: [...PATHS.keys()],
    check(object, tell) {
      const { apiVersion, kind } = object as { apiVersion: string; kind: string };
      const at = PATHS.get(`${apiVersion}/${kind}`) ?? [];
      const spec = valueAt(object, at);
      const annotations = valueAt(object, ['metadata', 'annotations']) ?? {};
      if (isMap(spec)) check(spec as unknown as ClusterSpec, at, tell, annotations as Record<string, string>);
    },
  };
}

/** The value of a variable of the container that runs Ray in a group; empty text for one with a source. */
export function envOf({ template }: Group, name: string): string | undefined {
  const found = template.spec?.containers[0]?.env?.find((variable) => variable.name === name);
  return found && (found.value ?? '');
}

/** Every group with its pointer, the head first. */
export function groupsOf(spec: ClusterSpec, at: Pointer): [Group, Pointer][] {
  const workers = (spec.workerGroupSpecs ?? []).map((group, index): [Group, Pointer] => [
    group,
    [...at, 'workerGroupSpecs', index],
  ]);
  return [[spec.headGroupSpec, [...at, 'headGroupSpec']], ...workers];
}

/** Whether a version of Ray is at least as new as another; undefined for a text that is no version. */
export function isAtLeast(version: string, least: string): boolean | undefined {
  const [parts, wanted] = [partsOf(version), partsOf(least)];
  if (parts === undefined || wanted === undefined) return undefined;
  const index = wanted.findIndex((part, position) => parts[position] !== part);
  return index < 0 || (parts[index] ?? 0) > (wanted[index] ?? 0);
}

function partsOf(version: string): number[] | undefined {
  return /^v?(\d+)\.(\d+)(?:\.(\d+))?/
    .exec(version)
    ?.slice(1)
    .map((part) => Number(part ?? 0));
}
