import type { RayCluster } from '../../../imports/ray.io';
import type { KubernetesObject } from '../../render/manifest';
import { templatesOf } from '../templates';
import type { Practice } from './practice';

const DO_NOT_DISRUPT = 'karpenter.sh/do-not-disrupt';

const isRay = ({ apiVersion }: KubernetesObject) => apiVersion.startsWith('ray.io/');

/** Karpenter reads the annotation on pods; KubeRay does not copy it from the Ray object (1.7). */
export const disruption: Practice = (objects) =>
  objects
    .filter((object) => isRay(object) && object.metadata.annotations?.[DO_NOT_DISRUPT] !== undefined)
    .map((object) => ({
      rule: 'do-not-disrupt',
      object,
      message: `has ${DO_NOT_DISRUPT} where Karpenter does not read it`,
      hint: 'put it into the metadata of the pod templates',
    }));

/** Head and workers of one Ray cluster run one image: Ray and Python must agree to the patch. */
export const rayImages: Practice = (objects) =>
  objects.filter(isRay).flatMap((object) =>
    clustersIn(object.spec).flatMap((spec) => {
      const images = new Set(
        templatesOf({ head: spec.headGroupSpec, workers: spec.workerGroupSpecs }).map(
          ({ spec: pod }) => pod.containers[0]?.image,
        ),
      );
      if (images.size < 2) return [];
      return [
        {
          rule: 'ray-images',
          object,
          message: `head and workers run ${images.size} images: ${[...images].join(', ')}`,
          hint: 'use one image, with GPU libraries where one group needs them',
        },
      ];
    }),
  );

/** Specs of Ray clusters in the spec of any Ray kind, however deep. */
function clustersIn(value: unknown): NonNullable<RayCluster['spec']>[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('headGroupSpec' in value) return [value as NonNullable<RayCluster['spec']>];
  return Object.values(value).flatMap(clustersIn);
}

/** The node's disk belongs to nobody: whoever comes next reads it, and Pod Security refuses it. */
export const hostPaths: Practice = (objects) =>
  objects.filter(isRay).flatMap((object) =>
    templatesOf(object).flatMap(({ where, spec }) =>
      (spec.volumes ?? [])
        .filter(({ hostPath }) => hostPath !== undefined)
        .map(({ name }) => ({
          rule: 'host-path',
          object,
          message: `${where} mounts the node's disk (volume ${name})`,
          hint: 'use an emptyDir or a claim',
        })),
    ),
  );
