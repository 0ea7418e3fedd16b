import type { PodSpec } from '../../../imports/core';
import type { EC2NodeClass } from '../../../imports/karpenter.k8s.aws';
import type { NodePool } from '../../../imports/karpenter.sh';
import { DISCOVERY_TAG, GPU_RESOURCE, LABEL, NO_GPU, nodeRole, TAINT } from '../../model/names';
import { templatesOf } from '../templates';
import type { Practice } from './practice';

/** Requirements that only instances with GPUs meet. */
const GPU_KEYS = /^karpenter\.k8s\.aws\/instance-gpu-/;

/** Without its taint a pool of GPU nodes fills up with pods that need no GPU. */
export const gpuTaints: Practice = (objects) =>
  objects
    .filter(({ kind }) => kind === 'NodePool')
    .flatMap((object) => {
      const { requirements, taints = [] } = (object as unknown as NodePool).spec.template.spec;
      if (!requirements.some(({ key }) => GPU_KEYS.test(key))) return [];
      if (taints.some(({ key }) => key === TAINT.gpu)) return [];
      return [
        {
          rule: 'gpu-taint',
          object,
          message: `is a pool of GPU nodes without the taint ${TAINT.gpu}`,
          hint: `add it to spec.template.spec.taints`,
        },
      ];
    });

/** A pod of a tenant that tolerates the taint of GPU nodes has a GPU; the platform's DaemonSets have none. */
export const gpuTolerations: Practice = (objects) =>
  objects
    .filter(({ kind }) => kind !== 'DaemonSet')
    .flatMap((object) =>
      templatesOf(object)
        .filter(({ spec }) =>
          (spec.tolerations ?? []).some(({ key }) => key === undefined || key === TAINT.gpu),
        )
        .filter(({ spec }) => !asksForGpu(spec))
        .map(({ where }) => ({
          rule: 'gpu-toleration',
          object,
          message: `${where} tolerates ${TAINT.gpu} and asks for no GPU`,
          hint: 'take the toleration away',
        })),
    );

/** A pod that selects a GPU type has a GPU: without one it would take the cores that GPU pods there need, also in Kueue. */
export const gpuSelectors: Practice = (objects) =>
  objects.flatMap((object) =>
    templatesOf(object)
      .filter(({ spec }) => (spec.nodeSelector?.[LABEL.gpuType] ?? NO_GPU) !== NO_GPU && !asksForGpu(spec))
      .map(({ where, spec }) => ({
        rule: 'gpu-selector',
        object,
        message: `${where} selects ${LABEL.gpuType} ${spec.nodeSelector?.[LABEL.gpuType]} and asks for no GPU`,
        hint: `select ${LABEL.gpuType}: ${NO_GPU}, or ask for a GPU`,
      })),
  );

function asksForGpu({ containers }: PodSpec): boolean {
  return containers.some(({ resources }) => resources?.limits?.[GPU_RESOURCE] !== undefined);
}

/** Names in AWS follow from the cluster's: with those of another cluster its nodes would join that one. */
export const clusterNames: Practice = (objects, cluster) =>
  objects
    .filter(({ kind }) => kind === 'EC2NodeClass')
    .flatMap((object) => {
      const { spec } = object as unknown as EC2NodeClass;
      const terms = [...(spec?.subnetSelectorTerms ?? []), ...(spec?.securityGroupSelectorTerms ?? [])];
      const names = [
        ...(spec?.role === nodeRole(cluster) ? [] : [`the role ${spec?.role}`]),
        ...terms
          .filter(({ tags }) => tags?.[DISCOVERY_TAG] !== cluster)
          .map(({ tags }) => `what is tagged ${tags?.[DISCOVERY_TAG]}`),
      ];
      return [...new Set(names)].map((name) => ({
        rule: 'cluster-names',
        object,
        message: `takes ${name}, which is not of cluster ${cluster}`,
        hint: 'the bootstrap makes and takes down what is named after the cluster',
      }));
    });
