import { type Static, Type } from '@sinclair/typebox';
import {
  API_VERSION,
  AwsId,
  Catalogue,
  Cidr,
  Count,
  Cpu,
  Duration,
  Email,
  Fields,
  Group,
  Host,
  Key,
  List,
  Memory,
  Name,
  Named,
  OneOf,
  Provenance,
  RoleArn,
  SecretName,
  User,
} from './fields';

const source = Provenance('Where the values of this entry were read, and the day.');

const Git = Fields(
  {
    url: Type.String({
      pattern: '^(https://[^\\s@]+|ssh://git@[^\\s@]+|git@[^\\s:@]+:[^\\s]+)$',
      maxLength: 500,
      description: 'Address of the repository that holds dist/, as Argo CD clones it.',
      'x-pattern-help': 'an https:// or ssh address without credentials',
    }),
    revision: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]*$',
      maxLength: 200,
      description:
        'Branch or tag that this cluster follows. Promotion moves it: staging first, then prod (see decisions/0008).',
      'x-pattern-help': 'a branch or tag name',
    }),
    secret: Type.Optional(
      SecretName(
        'Secret in AWS Secrets Manager with what Argo CD logs in with: JSON with username and password, or with sshPrivateKey for an ssh address. Default: none, a repository that everybody can read.',
      ),
    ),
  },
  'Repository that Argo CD syncs from.',
);

const singleSignOn = {
  issuer: Type.String({
    pattern: '^https://[^\\s]+[^/\\s]$',
    maxLength: 500,
    description: 'Address of the OpenID Connect provider.',
    'x-pattern-help': 'an https:// address without a slash at its end',
  }),
  clientId: Type.String({ minLength: 1, maxLength: 200, description: 'Client at the provider.' }),
  secret: SecretName('Secret in AWS Secrets Manager: JSON with clientSecret.'),
  admins: Group('Group of the platform engineers, who are administrators.'),
};

const SingleSignOn = Fields(
  singleSignOn,
  'Single sign-on to Argo CD. Tenants see their own Applications by the groups of their members.',
);

const Hub = Fields(
  {
    admin: Type.Optional(
      User(
        'User name of the first administrator, who approves the first sign-ups; the password is in the Secret hub-login. Default: admin.',
      ),
    ),
    sso: Type.Optional(
      Fields(
        {
          ...singleSignOn,
          usernameClaim: Type.Optional(
            Key(
              'Claim with the user name that tenant files mean; people must not be able to change it. Default: preferred_username.',
            ),
          ),
        },
        'Single sign-on instead of sign-up: members by name, or by the groups of the tenant file. The callback is https://hub.<domain>/hub/oauth_callback. Default: people sign up, administrators approve.',
      ),
    ),
    idleTimeout: Type.Optional(
      Duration(
        'Upper bound of notebooks.idleTimeout of tenants; the hub itself stops what is idle for so long. Default: 24h.',
      ),
    ),
  },
  'JupyterHub, at hub.<domain>.',
);

const OperatorSize = Type.Optional(
  Fields(
    { cpu: Cpu('Cores, requested.'), memory: Memory('Memory, requested and limit.') },
    'Size of one pod.',
  ),
);

const Operators = Fields(
  {
    'argo-cd': OperatorSize,
    jupyterhub: OperatorSize,
    karpenter: OperatorSize,
    kuberay: OperatorSize,
    kueue: OperatorSize,
  },
  'Operators whose need grows with the cluster. KubeRay takes about 1 MB for each Ray pod.',
);

const Network = Fields(
  {
    vpcCidr: Cidr('Range of the VPC.'),
    serviceCidr: Cidr('Range of Service addresses; its first address is the API server.'),
    controlPlaneCidrs: List(
      Cidr('Range of one subnet.'),
      'Subnets that hold nothing but the network interfaces of the EKS control plane, one a zone in the order of zones.',
      1,
    ),
    endpointCidrs: List(
      Cidr('Range of one subnet.'),
      'Subnets of the VPC endpoints (S3, STS, ECR), one a zone in the order of zones: all that a tenant with egress none can reach.',
      1,
    ),
    privateCidrs: Type.Optional(
      List(
        Cidr('Range of one subnet.'),
        'Subnets of nodes and pods, one a zone in the order of zones. Default: a part of the VPC for each zone, one part left over.',
        1,
      ),
    ),
    publicCidrs: Type.Optional(
      List(
        Cidr('Range of one subnet.'),
        'Subnets of NAT gateways and public load balancers, one a zone in the order of zones. Default: the first ranges of the part that is left over.',
        1,
      ),
    ),
    nat: Type.Optional(
      OneOf(
        ['zonal', 'single', 'none'],
        'NAT gateways: one a zone, one for all (cheaper; its zone takes the others down with it), or none: then images and packages must come from inside the VPC. Default: zonal.',
      ),
    ),
    vpc: Type.Optional(
      Fields(
        {
          id: AwsId('vpc', 'Its id.'),
          privateSubnets: List(
            AwsId('subnet', 'A subnet.'),
            'Subnets of nodes and pods, one a zone in the order of zones. They must have the tag karpenter.sh/discovery with the name of the cluster.',
            2,
          ),
          controlPlaneSubnets: List(
            AwsId('subnet', 'A subnet.'),
            'Subnets of controlPlaneCidrs, in the same order.',
            2,
          ),
        },
        'A VPC that exists already. Default: one is made, with subnets, NAT gateways and endpoints.',
      ),
    ),
  },
  'Addresses of the VPC, which network policies are written with.',
);

const ControlPlane = Fields(
  {
    existing: Type.Optional(
      Fields(
        { securityGroup: AwsId('sg', 'Security group that EKS gave the cluster.') },
        'The EKS cluster exists already, made by Terraform or by hand: only what the platform adds to it is made. Needs network.vpc. Default: one is made.',
      ),
    ),
    publicCidrs: Type.Optional(
      List(
        Cidr('Range.'),
        'Ranges that may reach the API server from outside of the VPC. Default: none, it has private addresses only.',
        1,
        // Quota of EKS: "Public endpoint access CIDR ranges per cluster".
        40,
      ),
    ),
    admins: Type.Optional(
      List(
        RoleArn('IAM role.'),
        'Roles of the platform engineers: each gets an access entry with AmazonEKSClusterAdminPolicy. Default: none, only Argo CD reaches the cluster.',
      ),
    ),
    logs: Type.Optional(
      List(
        OneOf(['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'], 'A log.'),
        'Logs of the control plane that go to CloudWatch. Default: api, audit, authenticator.',
      ),
    ),
  },
  'The EKS control plane. Secrets are always encrypted with a key of its own.',
);

const SystemNodes = Fields(
  {
    instanceTypes: Type.Optional(
      List(Key('Instance type.'), 'EC2 instance types, amd64. Default: m7i.xlarge.', 1),
    ),
    min: Type.Optional(Count('Nodes at least. Default: 2.', 2, 100)),
    max: Type.Optional(Count('Nodes at most. Default: 4.', 2, 100)),
    disk: Type.Optional(Memory('Encrypted gp3 disk of a node. Default: 50Gi.')),
  },
  'Managed node group for the components of the platform: it is there before Karpenter is.',
);

const GpuNodes = Fields(
  {
    gpu: Key('A key of gpuTypes.'),
    instanceType: Key('EC2 instance type.'),
    count: Count('Nodes, always on.', 1, 100),
  },
  'Managed node group of GPU nodes that are always on, beside the pools. Quota and pool limits do not count them.',
);

const addonVersion = Type.Optional(
  Type.String({
    pattern: '^v[0-9]+\\.[0-9]+\\.[0-9]+-eksbuild\\.[0-9]+$',
    maxLength: 40,
    description: 'Version. Default: the one that EKS takes for the Kubernetes version.',
    'x-pattern-help': 'a version such as v1.21.1-eksbuild.1',
  }),
);

const Addons = Fields(
  {
    'aws-ebs-csi-driver': addonVersion,
    'aws-efs-csi-driver': addonVersion,
    'aws-mountpoint-s3-csi-driver': addonVersion,
    coredns: addonVersion,
    'eks-pod-identity-agent': addonVersion,
    'kube-proxy': addonVersion,
    'metrics-server': addonVersion,
    'vpc-cni': addonVersion,
  },
  'Pinned versions of EKS add-ons.',
);

const Nodes = Fields(
  {
    ami: Fields(
      {
        alias: Type.String({
          pattern: '^(al2023@v[0-9]{8}|bottlerocket@v[0-9]+\\.[0-9]+\\.[0-9]+)$',
          maxLength: 40,
          description: 'Karpenter AMI alias with a pinned release. One alias serves CPU and GPU nodes.',
          'x-pattern-help': 'a pinned alias such as al2023@v20260714 or bottlerocket@v1.61.0',
        }),
        source,
      },
      'Machine image of all nodes that Karpenter starts.',
    ),
    disk: Fields(
      {
        cpu: Memory('Disk of CPU nodes.'),
        gpu: Memory('Disk of GPU nodes: CUDA images are large.'),
      },
      'Encrypted gp3 disk of a node.',
    ),
    expireAfter: Type.Optional(Duration('A node is replaced after this time. Default: 720h.')),
  },
  'Nodes that Karpenter starts.',
);

const GpuType = Fields(
  {
    displayName: Type.String({ minLength: 1, maxLength: 60, description: 'Name for people.' }),
    families: List(Key('Instance family.'), 'EC2 instance families that carry this GPU and no other.', 1),
    memory: Memory('Memory of one GPU, as EC2 reports it; compared with imports/instance-types.json.'),
    perGpu: Fields(
      {
        cpu: Cpu('Cores that come with one GPU.'),
        memory: Memory('Memory that comes with one GPU.'),
      },
      'What one GPU brings along: default size of a worker, and upper bound of pods per GPU.',
    ),
    source,
  },
  'A GPU type. Its key is the name that Karpenter gives the GPU (karpenter.k8s.aws/instance-gpu-name).',
);

const capacity = List(
  OneOf(['spot', 'on-demand'], 'Capacity type.'),
  'Capacity types on offer; Karpenter takes the cheapest that fits and falls back by itself.',
  1,
);

const poolPolicy = {
  capacity,
  tenant: Type.Optional(
    Name(
      'Only this tenant may use the pool, and its pods of this kind go nowhere else. Default: shared by all.',
    ),
  ),
  zones: Type.Optional(
    List(
      Type.String({ maxLength: 21, description: 'One of zones of the cluster.' }),
      'Zones of its nodes: where its instances are on offer. Default: all zones of the cluster.',
      1,
    ),
  ),
  consolidateAfter: Type.Optional(
    Duration('An idle node goes after this time. Default: 5m for CPU, 10m for GPU nodes.'),
  ),
};

const CpuPool = Fields(
  {
    ...poolPolicy,
    families: List(Key('Instance family.'), 'EC2 instance families.', 1),
    limits: Fields(
      { cpu: Count('Cores of all nodes together.', 1), memory: Memory('Memory of all nodes together.') },
      'Upper bound of the pool.',
    ),
  },
  'A pool of CPU nodes.',
);

const GpuPool = Fields(
  {
    ...poolPolicy,
    gpu: Key('A key of gpuTypes.'),
    limits: Fields({ gpus: Count('GPUs of all nodes together.', 1) }, 'Upper bound of the pool.'),
  },
  'A pool of GPU nodes.',
);

const Image = Fields(
  {
    image: Type.String({
      pattern:
        '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+(:(?!latest$)[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|@sha256:[0-9a-f]{64})$',
      maxLength: 300,
      description: 'Image with registry host and a tag or digest. Its registry becomes an allowed one.',
      'x-pattern-help': 'an image with a registry host and a tag other than latest, or a digest',
    }),
    ray: Type.String({
      pattern: '^2\\.[0-9]+\\.[0-9]+$',
      maxLength: 12,
      description: 'Ray version in the image. At least 2.52.0, the first with token authentication.',
      'x-pattern-help': 'a Ray version such as 2.60.0',
    }),
    python: Type.String({
      pattern: '^3\\.[0-9]+$',
      maxLength: 6,
      description: 'Python minor version. Notebooks and Ray clusters of a tenant must agree on it.',
      'x-pattern-help': 'a Python minor version such as 3.12, in quotes',
    }),
    cuda: Type.Optional(
      Type.String({
        pattern: '^12\\.[0-9]+$',
        maxLength: 6,
        description: 'CUDA version. Default: none, a CPU image.',
        'x-pattern-help': 'a CUDA 12 version such as 12.8, in quotes',
      }),
    ),
    source,
  },
  'An image for Ray and notebooks.',
);

const Profile = Fields(
  {
    displayName: Type.String({ minLength: 1, maxLength: 60, description: 'Name in the list at login.' }),
    description: Type.Optional(Type.String({ maxLength: 200, description: 'Second line. Default: none.' })),
    image: Type.Optional(Key('A key of images. Default: defaults.image.')),
    cpu: Cpu('Cores, requested and limit.'),
    memory: Memory('Memory, requested and limit.'),
    gpu: Type.Optional(Key('GPU type, a key of gpuTypes. Default: a CPU notebook.')),
    gpus: Type.Optional(Count('GPUs. Default: 1 where gpu is set.', 1, 16)),
  },
  'A size of notebook server that people choose at login.',
);

const Dataset = Fields(
  {
    prefix: Type.String({
      pattern: '^([A-Za-z0-9][A-Za-z0-9._-]*/)+$',
      maxLength: 300,
      description: 'Prefix in the data bucket.',
      'x-pattern-help': 'a prefix that ends in "/", without wildcards',
    }),
    readers: Type.Union([Type.Literal('all'), List(Name('A tenant.'), 'Tenants.', 1)], {
      description: 'Who may read it: all, or a list of tenants.',
    }),
  },
  'A dataset in the data bucket of the cluster.',
);

export const ClusterSchema = Type.Object(
  {
    apiVersion: Type.Literal(API_VERSION, { description: 'Version of this file format.' }),
    kind: Type.Literal('Cluster', { description: 'Kind of this file.' }),
    metadata: Fields(
      { name: Name('Name of the EKS cluster; the file is <name>.yaml. Cannot change later.') },
      'Identity.',
    ),
    spec: Fields(
      {
        region: Type.String({
          pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$',
          maxLength: 20,
          description: 'AWS region.',
          'x-pattern-help': 'an AWS region such as eu-west-1',
        }),
        zones: List(
          Type.String({
            pattern: '^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$',
            maxLength: 21,
            description: 'Zone.',
            'x-pattern-help': 'a zone such as eu-west-1a',
          }),
          'Availability zones of the nodes.',
          1,
        ),
        account: Type.String({
          pattern: '^[0-9]{12}$',
          description:
            'AWS account; a deployment with credentials of another one is refused. Tenants get their role in it.',
          'x-pattern-help': 'an account id of 12 digits, in quotes',
        }),
        kubernetesVersion: OneOf(
          ['1.36'],
          'Kubernetes minor version, in quotes. Rendered objects are judged against its schemas.',
        ),
        domain: Host('Domain of the platform: the hub is hub.<domain>, served models live below it.'),
        dns: Type.Optional(
          Fields(
            {
              zoneId: Type.String({
                pattern: '^Z[A-Z0-9]{5,31}$',
                description: 'Hosted zone in Route 53 that holds the domain.',
                'x-pattern-help': 'the id of a hosted zone, such as Z0123456789ABCDEFGHIJ',
              }),
            },
            'Where records of the domain are written. Default: the zone is looked up by its name.',
          ),
        ),
        certificates: Type.Optional(
          Fields(
            {
              email: Type.Optional(Email("Contact of the account at Let's Encrypt. Default: none.")),
              environment: Type.Optional(
                OneOf(
                  ['production', 'staging'],
                  "Let's Encrypt environment; staging has no rate limits, and no browser trusts it. Default: production.",
                ),
              ),
            },
            'The wildcard certificate of the domain.',
          ),
        ),
        ingress: Type.Optional(
          Fields(
            {
              scheme: OneOf(
                ['internal', 'internet-facing'],
                'Whether the load balancer has private or public addresses.',
              ),
            },
            'How people reach the platform. Default: internal.',
          ),
        ),
        sso: Type.Optional(SingleSignOn),
        hub: Type.Optional(Hub),
        operators: Type.Optional(Operators),
        git: Git,
        network: Network,
        controlPlane: Type.Optional(ControlPlane),
        systemNodes: Type.Optional(SystemNodes),
        gpuNodes: Type.Optional(GpuNodes),
        addons: Type.Optional(Addons),
        dataBucket: Type.Optional(
          Type.String({
            pattern: '^[a-z0-9]([a-z0-9-]{1,61})[a-z0-9]$',
            description:
              'Bucket of datasets and tenants. Names of buckets are unique in all of AWS. Default: data-<domain>, with dashes for dots.',
            'x-pattern-help': 'a bucket name of 3 to 63 lower-case letters, digits and dashes',
          }),
        ),
        homes: Type.Optional(
          Fields(
            {
              efs: Type.String({
                pattern: '^fs-[0-9a-f]{8,17}$',
                description:
                  'File system, with a mount target in every zone of the nodes. The add-on aws-efs-csi-driver and its role come with it; with controlPlane.existing the role alone.',
                'x-pattern-help': 'the id of a file system, such as fs-0123456789abcdef0',
              }),
              securityGroup: Type.Optional(
                AwsId(
                  'sg',
                  'Security group of the mount targets: NFS is opened there for the nodes, or for the whole VPC where controlPlane.existing is set. Default: none is changed, port 2049 must be open already.',
                ),
              ),
            },
            'Home volumes on an EFS file system, which every zone reaches. Default: EBS disks, each in one zone.',
          ),
        ),
        backup: Type.Optional(
          Fields(
            { retentionDays: Count('Days that a backup is kept.', 1, 36500) },
            'Daily backup of homes and of the accounts of the hub by AWS Backup. Default: kept for 35 days.',
          ),
        ),
        nodes: Nodes,
        gpuTypes: Catalogue(GpuType, 'GPU types by the name that Karpenter gives them.'),
        pools: Catalogue(
          Type.Union([CpuPool, GpuPool], {
            description:
              'A pool: {families, limits: {cpu, memory}} for CPU nodes, {gpu, limits: {gpus}} for GPU nodes.',
          }),
          'Karpenter node pools. The shared CPU pool is named cpu; one shared pool a GPU type.',
        ),
        images: Catalogue(Image, 'Images for Ray and notebooks.'),
        profiles: Catalogue(Profile, 'Notebook profiles that tenants may be granted.'),
        datasets: Named(Dataset, 'Datasets and who may read them.'),
        defaults: Fields(
          {
            image: Key('A key of images: for Ray and profiles that name none.'),
            profiles: List(Key('A key of profiles.'), 'Profiles of tenants that name none.', 1),
          },
          'What tenants get that do not choose.',
        ),
      },
      'The cluster and its catalogue.',
    ),
  },
  {
    $id: 'https://tenantry.dev/schemas/cluster.json',
    title: 'Cluster',
    description: 'One EKS cluster: addresses, node pools, and the catalogue that tenants choose from.',
    additionalProperties: false,
  },
);

/** A cluster file as written. */
export type ClusterFile = Static<typeof ClusterSchema>;
export type ClusterSpec = ClusterFile['spec'];
export type PoolSpec = ClusterSpec['pools'][string];
