import { type Static, type TSchema, Type } from '@sinclair/typebox';
import {
  API_VERSION,
  Catalogue,
  Count,
  Cpu,
  Duration,
  Email,
  Environment,
  Fields,
  Group,
  Host,
  Key,
  List,
  Memory,
  Name,
  OneOf,
  User,
} from './fields';

/** An amount of one resource: all of it interactive, or interactive and queued apart. */
const Budget = <T extends TSchema>(amount: (description: string) => T, unit: string, description: string) =>
  Type.Union(
    [
      amount(`${unit} for notebooks, Ray clusters and services; nothing for queued jobs.`),
      Fields(
        {
          interactive: amount(`${unit} for notebooks, Ray clusters and services.`),
          jobs: Type.Optional(
            Fields(
              {
                guaranteed: amount(
                  `${unit} that queued jobs always get; others may borrow it while it is idle.`,
                ),
                max: Type.Optional(
                  amount(
                    `${unit} that queued jobs may use together when others leave room. Default: guaranteed.`,
                  ),
                ),
              },
              'Budget of jobs that wait in the queue (Kueue). Default: no queued jobs.',
            ),
          ),
        },
        `${unit}, interactive and queued apart.`,
      ),
    ],
    { description },
  );

const CpuBudget = Budget(
  Cpu,
  'Cores',
  'Cores on CPU nodes: a number (all interactive) or {interactive, jobs}. Each granted GPU brings its own cores on top (gpuTypes.<type>.perGpu of the cluster).',
);

const MemoryBudget = Budget(
  Memory,
  'Memory',
  'Memory on CPU nodes: a size (all interactive) or {interactive, jobs}. Each granted GPU brings its own memory on top.',
);

const GpuBudget = Budget(
  (description) => Count(description),
  'GPUs',
  'GPUs of one type: a number (all interactive) or {interactive, jobs}.',
);

const gpus = Catalogue(
  GpuBudget,
  'GPUs by type, a key of gpuTypes of the cluster. Default: none. A type that is not listed cannot be used.',
);

const storage = Memory('Sum of all volumes: homes of members and what they claim themselves.');

const Quota = Fields(
  { cpu: CpuBudget, memory: MemoryBudget, storage, gpus: Type.Optional(gpus) },
  'What the tenant may use. The sum over tenants must fit into the pools of the cluster.',
);

const Placement = Fields(
  {
    quota: Type.Optional(
      Fields(
        {
          cpu: Type.Optional(CpuBudget),
          memory: Type.Optional(MemoryBudget),
          storage: Type.Optional(storage),
          gpus: Type.Optional(gpus),
        },
        'Replaces the same fields of spec.quota on this cluster. Default: spec.quota as it is.',
      ),
    ),
  },
  'What differs on this cluster.',
);

const Clusters = Type.Union(
  [
    List(Name('Name of a file in clusters/.'), 'Names of clusters.', 1),
    Catalogue(Placement, 'Clusters by name, with what differs there.', 1),
  ],
  { description: 'Clusters that the tenant lives on: a list of names, or a map from name to {quota}.' },
);

const Members = Fields(
  {
    admins: List(
      User('JupyterHub user name.'),
      'User names that may approve sign-ups and see what runs. At least one.',
      1,
    ),
    users: Type.Optional(
      List(User('JupyterHub user name.'), 'User names of the other members. Default: none.'),
    ),
    groups: Type.Optional(
      Fields(
        {
          admins: Type.Optional(
            Group(
              'Group of the identity provider with the rights of admins. Default: tenantry:<tenant>:admins.',
            ),
          ),
          users: Type.Optional(
            Group(
              'Group of the identity provider with the rights of users. Default: tenantry:<tenant>:users.',
            ),
          ),
        },
        'Groups for kubectl, when the cluster signs people in by single sign-on.',
      ),
    ),
  },
  'Who belongs to the tenant. A name may belong to several tenants.',
);

const Notebooks = Fields(
  {
    profiles: Type.Optional(
      List(
        Key('A key of profiles of the cluster.'),
        'Notebook profiles offered to members, the first one is preselected. Default: defaults.profiles of the cluster.',
        1,
      ),
    ),
    home: Type.Optional(Memory("Size of each member's home volume. Default: 20Gi. Cannot shrink later.")),
    idleTimeout: Type.Optional(
      Duration('A notebook server without activity stops after this time. Default: 1h.'),
    ),
    seats: Type.Optional(
      Count(
        'How many servers of the first profile must fit at once beside Ray at its largest; the check adds them up. Default: 1.',
        1,
        1000,
      ),
    ),
    submitJobs: Type.Optional(
      Type.Boolean({
        description:
          'Whether notebooks may create RayJobs in the queue (service account notebook). Default: true.',
      }),
    ),
  },
  'JupyterHub notebooks. Default: the profiles of the cluster.',
);

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
    workers: List(JobWorker, 'Worker groups.', 1),
    timeout: Type.Optional(Duration('A run that takes longer is stopped. Default: 8h.')),
    keepFor: Type.Optional(Duration('A finished run is deleted after this time. Default: 24h.')),
    suspend: Type.Optional(Type.Boolean({ description: 'Starts no new runs while true. Default: false.' })),
    clusters: onClusters,
  },
  'A RayJob by the clock. Each run waits in the queue for the jobs budget.',
);

export const TenantSchema = Type.Object(
  {
    apiVersion: Type.Literal(API_VERSION, { description: 'Version of this file format.' }),
    kind: Type.Literal('Tenant', { description: 'Kind of this file.' }),
    metadata: Fields(
      {
        name: Name('Name of the tenant and of its namespace; the file is <name>.yaml. Cannot change later.'),
      },
      'Identity.',
    ),
    spec: Fields(
      {
        displayName: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 80,
            description: 'Name for people. Default: metadata.name.',
          }),
        ),
        owner: Email('E-mail address of the person who answers for the tenant.'),
        costCenter: Type.Optional(
          Type.String({
            pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$',
            maxLength: 63,
            description: 'Cost centre, put on every object as a label. Default: none.',
            'x-pattern-help': 'a label value: letters, digits, dots, dashes and underscores',
          }),
        ),
        members: Members,
        clusters: Clusters,
        quota: Quota,
        podSecurity: Type.Optional(
          Fields(
            {
              level: OneOf(['baseline'], 'Pod Security level; only baseline can be asked for.'),
              reason: Type.String({
                minLength: 10,
                maxLength: 300,
                description: 'Why restricted is not enough; kept on the namespace.',
              }),
            },
            'A weaker Pod Security level, with its reason. Default: restricted.',
          ),
        ),
        notebooks: Type.Optional(Notebooks),
        ray: Type.Optional(
          Fields(
            {
              clusters: Type.Optional(List(RayClusterItem, 'RayClusters that stay up. Default: none.')),
              services: Type.Optional(List(Service, 'RayServices: served models. Default: none.')),
              schedules: Type.Optional(List(Schedule, 'RayCronJobs: jobs by the clock. Default: none.')),
            },
            'Ray on Kubernetes (KubeRay). Default: none; notebooks can still submit jobs.',
          ),
        ),
        datasets: Type.Optional(
          List(
            Key('A key of datasets of the cluster.'),
            'Datasets to read. The cluster file grants them. Default: none.',
          ),
        ),
        network: Type.Optional(
          Fields(
            {
              egress: Type.Optional(
                OneOf(
                  ['internet', 'none'],
                  'What pods may reach outside the cluster: internet is TCP 443 to public addresses, none is only AWS by the endpoints of the VPC. Default: internet.',
                ),
              ),
            },
            'Network. Other tenants are never reachable.',
          ),
        ),
      },
      'What the tenant is given.',
    ),
  },
  {
    $id: 'https://tenantry.dev/schemas/tenant.json',
    title: 'Tenant',
    description: 'One team on the platform: members, quota, notebooks, Ray, datasets.',
    additionalProperties: false,
  },
);

/** A tenant file as written. */
export type TenantFile = Static<typeof TenantSchema>;
export type TenantSpec = TenantFile['spec'];
