import type { Body, Reference } from './api';
import type { Document } from './dist';

/** A pod that some object of dist/ asks a controller to make. */
export interface Template {
  readonly name: string;
  readonly namespace: string;
  readonly template: Body;
}

/** Pod templates of every Ray object of dist/: heads with the autoscaler that KubeRay adds, workers, submitters. */
export function templatesOf(documents: readonly Document[]): Template[] {
  return documents.flatMap(({ object }) => {
    const { kind, metadata, spec } = object as Reference & Body;
    const namespace = metadata.namespace ?? '';
    if (!['RayCluster', 'RayService', 'RayCronJob'].includes(kind)) return [];
    const cluster = spec.rayClusterConfig ?? spec.jobTemplate?.rayClusterSpec ?? spec;
    const groups: [string, Body][] = [
      ['head', withAutoscaler(cluster)],
      ...cluster.workerGroupSpecs.map((group: Body) => [`worker-${group.groupName}`, group.template]),
    ];
    if (spec.jobTemplate?.submitterPodTemplate !== undefined) {
      groups.push(['submitter', spec.jobTemplate.submitterPodTemplate]);
    }
    return groups.map(([group, template]) => ({ name: `${metadata.name}-${group}`, namespace, template }));
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
