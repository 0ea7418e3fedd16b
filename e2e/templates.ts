import type { Body, Reference } from './api';
import type { Document } from './dist';

/** A pod that some object of dist/ asks a controller to make. */
export interface Template {
  readonly name: string;
  readonly namespace: string;
  readonly template: Body;
  /** How many there are at once at most. */
  readonly copies: number;
}

/** Pod templates of every Ray object of dist/: heads with the autoscaler that KubeRay adds, workers, submitters. */
export function templatesOf(documents: readonly Document[]): Template[] {
  return documents.flatMap(({ object }) => {
    const { kind, metadata, spec } = object as Reference & Body;
    if (!['RayCluster', 'RayService', 'RayCronJob'].includes(kind)) return [];
    const cluster = spec.rayClusterConfig ?? spec.jobTemplate?.rayClusterSpec ?? spec;
    // An upgrade of a RayService runs two clusters.
    const clusters = kind === 'RayService' ? 2 : 1;
    const named = (group: string, template: Body, copies: number): Template => ({
      name: `${metadata.name}-${group}`,
      namespace: metadata.namespace ?? '',
      template,
      copies,
    });
    const submitter = spec.jobTemplate?.submitterPodTemplate;
    return [
      named('head', withAutoscaler(cluster), clusters),
      ...cluster.workerGroupSpecs.map(({ groupName, template, maxReplicas, numOfHosts }: Body) =>
        named(`worker-${groupName}`, template, clusters * maxReplicas * numOfHosts),
      ),
      ...(submitter === undefined ? [] : [named('submitter', submitter, 1)]),
    ];
  });
}

function withAutoscaler({ headGroupSpec, autoscalerOptions, enableInTreeAutoscaling }: Body): Body {
  const { template } = headGroupSpec;
  if (enableInTreeAutoscaling !== true) return template;
  const [head] = template.spec.containers;
  const { resources, securityContext } = autoscalerOptions;
  const autoscaler = { name: 'autoscaler', image: head.image, resources, securityContext };
  return { ...template, spec: { ...template.spec, containers: [...template.spec.containers, autoscaler] } };
}
