import { Type } from '@sinclair/typebox';
import { Count, Cpu, Duration, Environment, Fields, Host, Key, List, Memory, Name, OneOf } from './fields';

const Capacity = OneOf(
  ['spot', 'on-demand'],
  'Capacity type of the nodes. Default: whichever the pool offers, spot first.',
);

const compute = {
  cpu: Type.Optional(
    Cpu(
      'Cores of one worker, requested and limit. Default for GPU workers: perGpu.cpu of the type, times gpus.',
    ),
  ),
  memory: Type.Optional(
    Memory('Memory of one worker, requested and limit. Default for GPU workers: perGpu.memory times gpus.'),
  ),
  gpu: Type.Optional(Key('GPU type, a key of gpuTypes of the cluster. Default: a CPU worker.')),
  gpus: Type.Optional(Count('GPUs of one worker. Default: 1 where gpu is set.', 1, 16)),
  capacity: Type.Optional(Capacity),
};

const GroupName = Name('Name of the worker group, unique in its cluster.');

const Worker = Fields(
  {
    name: GroupName,
    ...compute,
    min: Type.Optional(Count('Fewest workers. Default: 0.', 0, 1000)),
    max: Count('Most workers: the autoscaler stays at or below.', 1, 1000),
  },
  'A group of equal Ray workers that scales between min and max.',
);

const JobWorker = Fields(
  {
    name: GroupName,
    ...compute,
    replicas: Count('Number of workers; a queued job starts when all of them fit.', 1, 1000),
  },
  'A group of equal Ray workers of fixed number.',
);

const Head = Fields(
  {
    cpu: Type.Optional(Cpu('Cores. Default: 2.')),
    memory: Type.Optional(Memory('Memory. Default: 8Gi.')),
  },
  'The Ray head: on a CPU node, on-demand, runs no tasks.',
);

const image = Type.Optional(Key('A key of images of the cluster. Default: defaults.image of the cluster.'));

const onClusters = Type.Optional(
  List(Name('Name of a cluster.'), "Only on these of the tenant's clusters. Default: on all of them.", 1),
);

const runtime = {
  workingDir: Type.Optional(
    Type.String({
      pattern: '^(s3|https)://[^\\s@]+\\.zip$',
      maxLength: 1024,
      description: 'Address of a zip file with the code. Default: the code is in the image.',
      'x-pattern-help': 'an s3:// or https:// address of a .zip file, without credentials',
    }),
  ),
  pip: Type.Optional(
    List(
      Type.String({
        pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*(\\[[A-Za-z0-9,._-]+\\])?==[A-Za-z0-9][A-Za-z0-9.+!_-]*$',
        maxLength: 200,
        description: 'A pinned requirement.',
        'x-pattern-help': 'a pinned requirement such as transformers==5.23.0',
      }),
      'Python packages that Ray installs before it starts. Default: none.',
    ),
  ),
  env: Type.Optional(Environment('Environment variables of the code. Default: none.')),
};

const RayClusterItem = Fields(
  {
    name: Name('Name of the RayCluster. Its head is ray://<name>-head-svc.<tenant>.svc.cluster.local:10001.'),
    image,
    head: Type.Optional(Head),
    workers: List(Worker, 'Worker groups.', 1),
    idleTimeout: Type.Optional(Duration('A worker without tasks goes after this time. Default: 10m.')),
    clusters: onClusters,
  },
  'A Ray cluster that stays up for interactive use. The first one is what notebooks connect to.',
);

const Deployment = Fields(
  {
    name: Type.String({
      pattern: '^[A-Za-z_][A-Za-z0-9_:-]*$',
      maxLength: 100,
      description: 'Name of the Ray Serve deployment in the code.',
      'x-pattern-help': 'the name of a deployment',
    }),
    min: Type.Optional(Count('Fewest replicas. Default: 1.', 0, 1000)),
    max: Count('Most replicas.', 1, 1000),
    cpus: Type.Optional(Cpu('Cores that Ray reserves for one replica. Default: what the code says.')),
    gpus: Type.Optional(
      Type.Number({
        description:
          'GPUs that Ray reserves for one replica, a fraction shares one. Default: what the code says.',
        exclusiveMinimum: 0,
        maximum: 16,
      }),
    ),
  },
  'Scaling of one Ray Serve deployment.',
);

const Service = Fields(
  {
    name: Name('Name of the RayService.'),
    image,
    importPath: Type.String({
      pattern: '^[A-Za-z_][A-Za-z0-9_.]*:[A-Za-z_][A-Za-z0-9_]*$',
      maxLength: 200,
      description: 'The Ray Serve application in the code, module:variable.',
      'x-pattern-help': 'an import path such as serve_llm:app',
    }),
    ...runtime,
    deployments: Type.Optional(List(Deployment, 'Scaling of deployments. Default: what the code says.', 1)),
    head: Type.Optional(Head),
    workers: List(Worker, 'Worker groups.', 1),
    host: Type.Optional(
      Host(
        'Host name under the domain of the cluster, by which clients reach port 443. Default: only inside the namespace.',
      ),
    ),
    clusters: onClusters,
  },
  'A model served by Ray Serve. An upgrade runs the old and the new cluster side by side, so quota must hold it twice.',
);

const Schedule = Fields(
  {
    name: Name('Name of the RayCronJob.'),
    schedule: Type.String({
      pattern: '^[0-9*,/-]+( [0-9*,/A-Za-z-]+){4}$',
      maxLength: 100,
      description: 'When it runs: minute, hour, day of month, month, day of week.',
      'x-pattern-help': 'a cron expression of five fields such as "0 2 * * 1-5"',
    }),
    timeZone: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z]+(/[A-Za-z0-9_+-]+)*$',
        maxLength: 60,
        description: 'Time zone of schedule. Default: Etc/UTC.',
        'x-pattern-help': 'a time zone such as Europe/Berlin',
      }),
    ),
    entrypoint: Type.String({
      minLength: 1,
      maxLength: 2000,
      pattern: '^[^\\n\\r]+$',
      description: 'Command that Ray runs, such as python train.py.',
      'x-pattern-help': 'a command on one line',
    }),
    image,
    ...runtime,
    head: Type.Optional(Head),
    workers: List(
      JobWorker,
      'Worker groups; at most 16, beside the head and the submitter (Kueue 0.19).',
      1,
      16,
    ),
    timeout: Type.Optional(Duration('A run that takes longer is stopped. Default: 8h.')),
    suspend: Type.Optional(Type.Boolean({ description: 'Starts no new runs while true. Default: false.' })),
    clusters: onClusters,
  },
  'A RayJob by the clock. Each run waits in the queue for the jobs budget.',
);

/** Ray of a tenant: what stays up, what is served, what runs by the clock. */
export const Ray = Fields(
  {
    clusters: Type.Optional(List(RayClusterItem, 'RayClusters that stay up. Default: none.')),
    services: Type.Optional(List(Service, 'RayServices: served models. Default: none.')),
    schedules: Type.Optional(List(Schedule, 'RayCronJobs: jobs by the clock. Default: none.')),
  },
  'Ray on Kubernetes (KubeRay). Default: none; notebooks can still submit jobs.',
);
