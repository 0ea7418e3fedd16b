import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import type { RayCluster, RayClusterSpec, RayCronJob, RayService } from '../../imports/ray.io';
import type { KubernetesObject } from '../../lib/render/manifest';
import { CLUSTER, renderTenant, VISION } from '../support/fixtures';
import { change, find } from '../support/objects';

const objects = renderTenant(VISION);
const training = find<RayCluster>(objects, 'RayCluster', 'training');
const chat = find<RayService>(objects, 'RayService', 'chat');
const nightly = find<RayCronJob>(objects, 'RayCronJob', 'nightly');

/** Cluster specs with the Ray version of their image, and whether they scale. */
const SPECS: [name: string, spec: RayClusterSpec, ray: string, autoscaling: boolean][] = [
  ['RayCluster', training.spec, '2.60.0', true],
  ['RayService', chat.spec?.rayClusterConfig as RayClusterSpec, '2.58.0', true],
  ['RayCronJob', nightly.spec.jobTemplate.rayClusterSpec as RayClusterSpec, '2.60.0', false],
];

/**
 * What KubeRay refuses only when it reconciles (1.7.0, ValidateRayClusterSpec), what leaves Ray open, and what
 * a sync or the autoscaler would fight over.
 */
function clusterProblems(spec: RayClusterSpec): string[] {
  const { headGroupSpec, workerGroupSpecs = [], autoscalerOptions, authOptions, rayVersion = '' } = spec;
  const scales = spec.enableInTreeAutoscaling === true;
  const templates = [headGroupSpec.template, ...workerGroupSpecs.map(({ template }) => template)];
  const ports = headGroupSpec.template.spec?.containers[0]?.ports ?? [];
  const minor = Number(rayVersion.split('.')[1]);
  const names = workerGroupSpecs.map(({ groupName }) => groupName);
  const problems: [boolean, string][] = [
    [authOptions?.mode !== 'token' || authOptions.secretName !== 'ray-token', 'anybody may run code'],
    [authOptions?.enableK8sTokenAuth === true, 'two kinds of authentication'],
    [!(minor >= 52), 'no token authentication in this version'],
    [headGroupSpec.rayStartParams?.['num-cpus'] !== '0', 'tasks on the head'],
    [headGroupSpec.rayStartParams?.['dashboard-host'] !== '0.0.0.0', 'no way to submit'],
    [
      headGroupSpec.serviceType !== 'ClusterIP' || headGroupSpec.enableIngress === true,
      'open to the outside',
    ],
    [
      !ports.some(({ name, containerPort }) => name === 'serve' && containerPort === 8000),
      'no port to serve',
    ],
    [ports.some(({ protocol }) => protocol === undefined), 'a default that the API server adds'],
    [scales && autoscalerOptions?.version !== 'v2', 'autoscaler v1'],
    [!scales && autoscalerOptions !== undefined, 'options of an autoscaler that is off'],
    [templates.some((template) => template.spec?.restartPolicy !== 'Never'), 'restarted under autoscaler v2'],
    [workerGroupSpecs.some((g) => g.replicas !== g.minReplicas), 'a sync adds workers'],
    [workerGroupSpecs.some((g) => (g.minReplicas ?? 0) > (g.maxReplicas ?? -1)), 'min above max'],
    [!scales && workerGroupSpecs.some((g) => g.minReplicas !== g.maxReplicas), 'not of fixed size'],
    [workerGroupSpecs.some((g) => g.numOfHosts !== 1 || g.priority !== 0), 'more than one host a worker'],
    [
      workerGroupSpecs.some((g) => g.suspend !== undefined || g.scaleStrategy !== undefined),
      'a field of controllers',
    ],
    [
      workerGroupSpecs.some((g) => g.resources !== undefined || g.labels !== undefined),
      'resources said twice',
    ],
    [new Set(names).size !== names.length, 'a group twice'],
    [spec.networkPolicy !== undefined || spec.tlsOptions !== undefined, 'behind a gate that is off'],
    [spec.gcsFaultToleranceOptions !== undefined, 'needs a store'],
    [spec.suspend === true, 'never starts'],
  ];
  return problems.filter(([wrong]) => wrong).map(([, problem]) => problem);
}

describe.each(SPECS)('the cluster of a %s', (_, spec, ray, autoscaling) => {
  it('is one that KubeRay takes and nobody can misuse', () => {
    expect(clusterProblems(spec)).toEqual([]);
  });

  it('says the Ray version of its image', () => {
    expect(spec.rayVersion).toBe(ray);
    expect(spec.headGroupSpec.template.spec?.containers[0]?.image).toContain(`:${ray}`);
  });

  it('scales only where nobody waits in the queue for it', () => {
    expect(spec.enableInTreeAutoscaling).toBe(autoscaling);
  });
});

describe('the check of a cluster', () => {
  it.each<[path: (string | number)[], value: unknown, problem: string]>([
    [['authOptions'], {}, 'anybody may run code'],
    [['authOptions', 'secretName'], undefined, 'anybody may run code'],
    [['authOptions', 'enableK8sTokenAuth'], true, 'two kinds of authentication'],
    [['rayVersion'], '2.51.0', 'no token authentication in this version'],
    [['rayVersion'], undefined, 'no token authentication in this version'],
    [['headGroupSpec', 'rayStartParams', 'num-cpus'], '2', 'tasks on the head'],
    [['headGroupSpec', 'rayStartParams', 'dashboard-host'], undefined, 'no way to submit'],
    [['headGroupSpec', 'serviceType'], 'LoadBalancer', 'open to the outside'],
    [['headGroupSpec', 'enableIngress'], true, 'open to the outside'],
    [['headGroupSpec', 'template', 'spec', 'containers', 0, 'ports', 3], undefined, 'no port to serve'],
    [['headGroupSpec', 'template', 'spec', 'containers', 0, 'ports', 0, 'protocol'], undefined, 'a default'],
    [['headGroupSpec', 'template', 'spec', 'restartPolicy'], 'Always', 'restarted'],
    [['autoscalerOptions', 'version'], undefined, 'autoscaler v1'],
    [['enableInTreeAutoscaling'], false, 'options of an autoscaler that is off'],
    [['enableInTreeAutoscaling'], false, 'not of fixed size'],
    [['workerGroupSpecs', 0, 'replicas'], 4, 'a sync adds workers'],
    [['workerGroupSpecs', 0, 'maxReplicas'], 0, 'min above max'],
    [['workerGroupSpecs', 0, 'scaleStrategy'], {}, 'a field of controllers'],
    [['workerGroupSpecs', 0, 'resources'], { cpu: '1' }, 'resources said twice'],
    [['workerGroupSpecs', 0, 'groupName'], 'gpu', 'a group twice'],
    [['workerGroupSpecs', 0, 'numOfHosts'], 2, 'more than one host a worker'],
    [['tlsOptions'], { enabled: true }, 'behind a gate that is off'],
    [['gcsFaultToleranceOptions'], {}, 'needs a store'],
    [['suspend'], true, 'never starts'],
  ])('sees %j = %j', (path, value, problem) => {
    const found = clusterProblems(change(training.spec, path, value));
    expect(found).toContainEqual(expect.stringContaining(problem));
  });
});

describe('RayCluster', () => {
  it('takes a new image by itself, and idle workers leave when the tenant says so', () => {
    expect(training.spec.upgradeStrategy).toEqual({ type: 'Recreate' });
    expect(training.spec.autoscalerOptions).toMatchObject({
      idleTimeoutSeconds: 600,
      upscalingMode: 'Default',
    });
  });

  it('has the groups of the tenant file', () => {
    const groups = training.spec.workerGroupSpecs?.map((g) => [g.groupName, g.minReplicas, g.maxReplicas]);
    expect(groups).toEqual([
      ['cpu', 1, 4],
      ['gpu', 0, 2],
      ['big', 0, 1],
    ]);
  });

  it('is not in the queue: Kueue takes no cluster that scales', () => {
    expect(training.metadata.labels).not.toHaveProperty(['kueue.x-k8s.io/queue-name']);
  });
});

describe('RayService', () => {
  it('keeps workers for five minutes after the last request', () => {
    expect(chat.spec?.rayClusterConfig?.autoscalerOptions).toMatchObject({ idleTimeoutSeconds: 300 });
  });

  it('is upgraded by a second cluster, whose config sets no strategy of its own', () => {
    expect(chat.spec?.upgradeStrategy).toEqual({ type: 'NewCluster' });
    expect(chat.spec?.rayClusterConfig).not.toHaveProperty('upgradeStrategy');
    expect(chat.spec?.rayClusterConfig?.headGroupSpec).not.toHaveProperty('headService');
  });

  it('serves the application of the tenant file on all addresses of the pod', () => {
    expect(load(chat.spec?.serveConfigV2 ?? '')).toEqual({
      http_options: { host: '0.0.0.0', port: 8000 },
      applications: [
        {
          name: 'chat',
          route_prefix: '/',
          import_path: 'chat.serve:app',
          runtime_env: { env_vars: { MODEL: 'small' } },
          deployments: [
            { name: 'Router', autoscaling_config: { min_replicas: 1, max_replicas: 1 } },
            {
              name: 'Chat',
              autoscaling_config: { min_replicas: 0, max_replicas: 2 },
              ray_actor_options: { num_cpus: 2, num_gpus: 0.5 },
            },
          ],
        },
      ],
    });
  });

  it('is reached by its host over TLS, and only its serve port', () => {
    expect(find<KubernetesObject>(objects, 'Ingress', 'chat')).toMatchObject({
      metadata: { namespace: 'vision' },
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: ['chat.ml.example.com'] }],
        rules: [
          {
            host: 'chat.ml.example.com',
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: 'chat-serve-svc', port: { number: 8000 } } },
                },
              ],
            },
          },
        ],
      },
    });
    expect(find(objects, 'Ingress', 'chat').metadata).not.toHaveProperty('annotations');
  });

  it('has no Ingress without a host', () => {
    const [service] = VISION.spec.ray?.services ?? [];
    if (service === undefined) throw new Error('no service');
    const { host: _, ...inner } = service;
    const closed = renderTenant({ ...VISION, spec: { ...VISION.spec, ray: { services: [inner] } } });
    expect(closed.filter(({ kind }) => kind === 'Ingress')).toEqual([]);
    expect(find(closed, 'RayService', 'chat').spec).toBeDefined();
  });
});

describe('RayCronJob', () => {
  it('starts jobs that end, are shut down, and leave', () => {
    const { schedule, timeZone, suspend, jobTemplate } = nightly.spec;
    expect({ schedule, timeZone, suspend }).toEqual({
      schedule: '0 2 * * *',
      timeZone: 'Europe/Berlin',
      suspend: false,
    });
    expect(jobTemplate).toMatchObject({
      entrypoint: 'python evaluate.py',
      activeDeadlineSeconds: 3 * 3600,
      ttlSecondsAfterFinished: 0,
      shutdownAfterJobFinishes: true,
      backoffLimit: 0,
      submissionMode: 'K8sJobMode',
    });
    expect(load(jobTemplate.runtimeEnvYAML ?? '')).toEqual({
      working_dir: 's3://bucket/eval.zip',
      pip: ['transformers==5.23.0'],
    });
    expect(jobTemplate).not.toHaveProperty('clusterSelector');
  });

  it('gets its queue from an admission policy: KubeRay copies no label from here to its jobs', () => {
    expect(JSON.stringify(nightly)).not.toContain('kueue.x-k8s.io');
  });
});

describe('an image of the catalogue', () => {
  it('is what every Ray container runs', () => {
    expect(CLUSTER.spec.images.gpu?.image).toBe(
      training.spec.headGroupSpec.template.spec?.containers[0]?.image,
    );
  });
});
