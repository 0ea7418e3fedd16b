import { type Static, Type } from '@sinclair/typebox';
import {
  API_VERSION,
  Count,
  Duration,
  Email,
  Fields,
  Group,
  Key,
  List,
  Memory,
  Name,
  OneOf,
  RoleArn,
  User,
} from './fields';
import { Clusters, Quota } from './quota';
import { Ray } from './ray';

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
    roles: Type.Optional(
      Fields(
        {
          admins: Type.Optional(RoleArn('Role with the rights of admins. Default: none.')),
          users: Type.Optional(RoleArn('Role with the rights of users. Default: none.')),
        },
        'IAM roles for kubectl: who may assume one gets in by an EKS access entry. Default: none.',
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
        state: Type.Optional(
          OneOf(
            ['active', 'frozen', 'archived'],
            'active; frozen: nothing runs, its quota is free for others, data and access stay; archived: only data stays, members cannot come in. Freeze before you archive, archive before you delete the file. Default: active.',
          ),
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
        ray: Type.Optional(Ray),
        datasets: Type.Optional(
          List(
            Name('A key of datasets of the cluster.'),
            'Datasets to read, at /data/<name> in notebooks and Ray. The cluster file grants them. Default: none.',
          ),
        ),
        bucket: Type.Optional(
          Type.Boolean({
            description:
              'A bucket of its own, <cluster>--<tenant>--<account>, beside the prefix <cluster>/<tenant>/ of the data bucket. It stays in AWS when it leaves this file. Default: false.',
          }),
        ),
        secrets: Type.Optional(
          List(
            Name('Name.'),
            'Secrets of AWS Secrets Manager named <cluster>/<tenant>/<name>: each property of their JSON becomes an environment variable in notebooks and Ray. Default: none.',
          ),
        ),
        network: Type.Optional(
          Fields(
            {
              egress: Type.Optional(
                OneOf(
                  ['internet', 'none'],
                  'What pods may reach outside the cluster: internet is TCP 443 to all but the VPC and the Services of the cluster, none is only AWS by the endpoints of the VPC. Default: internet.',
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
