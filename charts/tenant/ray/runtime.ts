import type { RaySchedule, RayService } from '../../../lib/model/platform';
import { dumpText } from '../../../lib/render/dump';

type Runtime = Pick<RayService['spec'] | RaySchedule['spec'], 'workingDir' | 'pip' | 'env'>;

function fields({ workingDir, pip, env }: Runtime) {
  return {
    ...(workingDir === undefined ? {} : { working_dir: workingDir }),
    ...(pip === undefined ? {} : { pip }),
    ...(env === undefined ? {} : { env_vars: env }),
  };
}

/** Ray's runtime environment as YAML, or undefined where everything is in the image. */
export function runtimeEnvironment(runtime: Runtime): string | undefined {
  const environment = fields(runtime);
  return Object.keys(environment).length === 0 ? undefined : dumpText(environment);
}

/** Ray Serve's config file for one application. */
export function serveConfig(spec: RayService['spec']): string {
  const environment = fields(spec);
  return dumpText({
    // Serve listens on the pod's address, or KubeRay's health check would not reach it.
    http_options: { host: '0.0.0.0', port: 8000 },
    applications: [
      {
        name: spec.name,
        route_prefix: '/',
        import_path: spec.importPath,
        ...(Object.keys(environment).length === 0 ? {} : { runtime_env: environment }),
        ...(spec.deployments === undefined ? {} : { deployments: spec.deployments.map(deployment) }),
      },
    ],
  });
}

function deployment({ name, min, max, cpus, gpus }: NonNullable<RayService['spec']['deployments']>[number]) {
  const options = {
    ...(cpus === undefined ? {} : { num_cpus: cpus }),
    ...(gpus === undefined ? {} : { num_gpus: gpus }),
  };
  return {
    name,
    autoscaling_config: { min_replicas: min ?? 1, max_replicas: max },
    ...(Object.keys(options).length === 0 ? {} : { ray_actor_options: options }),
  };
}
