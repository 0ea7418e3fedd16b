import type { Container, PodSpec } from '../../../imports/core';
import type { Pointer } from '../../issue';
import { isMap } from '../defaults';
import { items, type Path, parsePath, valueAt } from './path';
import type { Circumstances, Rule, Tell } from './rule';

const CLAIMS = parsePath('spec.volumeClaimTemplates');
const TEMPLATE = 'spec.template.spec';

/** Where kinds of Kubernetes have their pod. */
const POD_PATHS: ReadonlyMap<string, Path> = new Map(
  Object.entries({
    'v1/Pod': 'spec',
    'v1/PodTemplate': 'template.spec',
    'v1/ReplicationController': TEMPLATE,
    'apps/v1/DaemonSet': TEMPLATE,
    'apps/v1/Deployment': TEMPLATE,
    'apps/v1/ReplicaSet': TEMPLATE,
    'apps/v1/StatefulSet': TEMPLATE,
    'batch/v1/Job': TEMPLATE,
    'batch/v1/CronJob': 'spec.jobTemplate.spec.template.spec',
  }).map(([kind, path]) => [kind, parsePath(path)]),
);

/** Kinds of Kubernetes that hold a pod. */
export const POD_KINDS: readonly string[] = [...POD_PATHS.keys()];

/** Kinds whose operator makes pods of templates that the API server does not judge as pods. */
const OPERATOR_KINDS: readonly string[] = ['RayCluster', 'RayCronJob', 'RayJob', 'RayService'].map(
  (kind) => `ray.io/v1/${kind}`,
);

/** Looks at a pod; `at` is where its spec stands. */
export type CheckPod = (pod: PodSpec, at: Pointer, tell: Tell, circumstances: Circumstances) => void;

/** A rule that looks at pods. */
export interface PodRule extends Rule<object> {
  readonly checkPod: CheckPod;
}

/** A rule about the pods of all kinds that hold them, or of some. */
export function podRule(id: string, checkPod: CheckPod, kinds = POD_KINDS): PodRule {
  return {
    id,
    checkPod,
    class: 'apiserver',
    kinds,
    check(object, tell, circumstances) {
      const at = podPath(object);
      const pod = valueAt(object, at);
      if (isMap(pod)) checkPod(withClaims(pod as unknown as PodSpec, object), at, tell, circumstances);
    },
  };
}

/** Where the pod of an object stands. */
export function podPath(object: object): Path {
  const { apiVersion, kind } = object as { apiVersion: string; kind: string };
  return POD_PATHS.get(`${apiVersion}/${kind}`) ?? [];
}

/** A StatefulSet adds a volume to its pods for each of its claims; one of the same name gives way. */
function withClaims(pod: PodSpec, object: object): PodSpec {
  const claims = valueAt(object, CLAIMS);
  if (!Array.isArray(claims)) return pod;
  const names = claims.map((claim) => String(valueAt(claim, ['metadata', 'name'])));
  const volumes = names.map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  const rest = (pod.volumes ?? []).filter(({ name }) => !names.includes(name));
  return { ...pod, volumes: [...rest, ...volumes] };
}

/** The same rule about pods that operators make: these fail when they are made, long after the object was accepted. */
export function forOperators({ id, checkPod }: PodRule): Rule<object> {
  return {
    id,
    class: 'controller',
    kinds: OPERATOR_KINDS,
    check(object, tell, circumstances) {
      for (const [pod, at] of podsOf(object)) checkPod(pod, at, tell, circumstances);
    },
  };
}

/** Every rule about pods asks for those of the same object. */
const found = new WeakMap<object, [PodSpec, Pointer][]>();

function podsOf(object: object): [PodSpec, Pointer][] {
  let pods = found.get(object);
  if (pods === undefined) {
    pods = podsIn(object, []);
    found.set(object, pods);
  }
  return pods;
}

function podsIn(value: unknown, at: Pointer): [PodSpec, Pointer][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => podsIn(item, [...at, index]));
  if (!isMap(value)) return [];
  if (Array.isArray(value.containers)) return [[value as unknown as PodSpec, at]];
  return Object.entries(value).flatMap(([key, inner]) => podsIn(inner, [...at, key]));
}

/** Every container of a pod with its pointer, those that start first included. */
export function containersOf(pod: PodSpec, at: Pointer): [Container, Pointer][] {
  const { initContainers, containers } = pod;
  return [...items(initContainers, [...at, 'initContainers']), ...items(containers, [...at, 'containers'])];
}
