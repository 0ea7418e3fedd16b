import { tenantsOf } from '../dist';
import { assert, type Scenario, type Stage } from '../scenario';

export interface Question {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
}

const ask = (verb: string, group: string, resource: string, subresource?: string): Question => ({
  verb,
  group,
  resource,
  ...(subresource === undefined ? {} : { subresource }),
});

const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
const RESOURCES: readonly [group: string, resource: string, subresource?: string][] = [
  ['', 'pods'],
  ['', 'pods', 'log'],
  ['', 'pods', 'exec'],
  ['', 'secrets'],
  ['', 'configmaps'],
  ['', 'services'],
  ['', 'events'],
  ['', 'persistentvolumeclaims'],
  ['', 'resourcequotas'],
  ['', 'limitranges'],
  ['', 'serviceaccounts', 'token'],
  ['', 'namespaces'],
  ['ray.io', 'rayclusters'],
  ['ray.io', 'rayservices'],
  ['ray.io', 'raycronjobs'],
  ['ray.io', 'rayjobs'],
  ['kueue.x-k8s.io', 'localqueues'],
  ['kueue.x-k8s.io', 'workloads'],
  ['networking.k8s.io', 'networkpolicies'],
  ['rbac.authorization.k8s.io', 'roles'],
  ['rbac.authorization.k8s.io', 'rolebindings'],
];
/** What is asked about: every verb of every resource that matters. */
export const QUESTIONS = RESOURCES.flatMap(([group, resource, subresource]) =>
  VERBS.map((verb) => ask(verb, group, resource, subresource)),
);

const READ = ['get', 'list', 'watch'];
const SEEN = [
  'pods',
  'pods/log',
  'services',
  'events',
  'persistentvolumeclaims',
  'resourcequotas',
  'limitranges',
  'rayclusters',
  'rayservices',
  'raycronjobs',
  'rayjobs',
  'localqueues',
  'workloads',
];

/** What each kind of subject may do in its own namespace: `verb resource`, and nothing else. */
const ALLOWED = {
  users: new Set([
    ...SEEN.flatMap((resource) => READ.map((verb) => `${verb} ${resource}`)),
    'create rayjobs',
    'delete rayjobs',
  ]),
  admins: new Set([
    ...SEEN.flatMap((resource) => READ.map((verb) => `${verb} ${resource}`)),
    'create rayjobs',
    'delete rayjobs',
    'delete pods',
  ]),
  notebook: new Set([
    ...[...READ, 'create', 'delete'].map((verb) => `${verb} rayjobs`),
    ...READ.map((verb) => `${verb} workloads`),
  ]),
  'ray-worker': new Set<string>(),
} as const;
type Role = keyof typeof ALLOWED;

/** Members do in their namespace what the reference says, and nothing anywhere else. */
export const access: Scenario = {
  name: 'access',
  says: 'members and service accounts do in their namespace what is listed, and nothing in another or cluster-wide',
  async run(stage) {
    const [own, other] = namespaces(stage);
    let questions = 0;
    for (const role of Object.keys(ALLOWED) as Role[]) {
      questions += await compare(stage, role, own, own, (question) => ALLOWED[role].has(question));
      questions += await compare(stage, role, own, other, () => false);
      questions += await compare(stage, role, own, undefined, () => false);
    }
    stage.note(`${questions} questions to the authorizer`);
  },
  twins: {
    'users expected to delete pods': async (stage) => {
      const [own] = namespaces(stage);
      await compare(
        stage,
        'users',
        own,
        own,
        (question) => question === 'delete pods' || ALLOWED.users.has(question),
      );
    },
  },
};

/** A tenant with the default groups and job submission, and any other. */
function namespaces({ documents }: Stage): [string, string] {
  const own = documents.find(
    ({ object, text }) =>
      object.kind === 'RoleBinding' &&
      text.includes('name: notebook\n') &&
      text.includes('kind: ServiceAccount'),
  )?.object.metadata.namespace;
  const other = tenantsOf(documents).find((name) => name !== own);
  assert(own !== undefined && other !== undefined, 'dist/ needs two tenants, one of which submits jobs');
  return [own, other];
}

async function compare(
  stage: Stage,
  role: Role,
  tenant: string,
  namespace: string | undefined,
  expected: (question: string) => boolean,
): Promise<number> {
  const subject = subjectOf(stage, role, tenant);
  const wrong: string[] = [];
  await Promise.all(
    QUESTIONS.map(async (question) => {
      const name = `${question.verb} ${[question.resource, question.subresource].filter(Boolean).join('/')}`;
      const allowed = await isAllowed(stage, subject, question, namespace);
      if (allowed !== expected(name))
        wrong.push(
          `${role} of ${tenant}: ${allowed ? 'may' : 'may not'} ${name} in ${namespace ?? 'the cluster'}`,
        );
    }),
  );
  assert(wrong.length === 0, `${wrong.length} wrong:\n${wrong.sort().join('\n')}`);
  return QUESTIONS.length;
}

/** The group that the tenant's binding names, or its service account. */
export function subjectOf({ documents }: Stage, role: Role, tenant: string) {
  if (role === 'notebook' || role === 'ray-worker') {
    return {
      user: `system:serviceaccount:${tenant}:${role}`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${tenant}`],
    };
  }
  const binding = documents.find(
    ({ object }) =>
      object.kind === 'RoleBinding' &&
      object.metadata.namespace === tenant &&
      object.metadata.name === `tenantry:${role.slice(0, -1)}`,
  );
  const group = /kind: Group\n\s+name: "?([^"\n]+)/.exec(binding?.text ?? '')?.[1];
  assert(group !== undefined, `tenant ${tenant} binds no group of ${role}`);
  return { user: 'somebody', groups: [group, 'system:authenticated'] };
}

export async function isAllowed(
  { api }: Stage,
  subject: object,
  question: Question,
  namespace: string | undefined,
): Promise<boolean> {
  const { verb, group, resource, subresource } = question;
  const attributes = {
    verb,
    group,
    resource,
    ...(subresource && { subresource }),
    ...(namespace && { namespace }),
  };
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: { ...subject, resourceAttributes: attributes },
  };
  const answer = await api.send(
    'POST',
    '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    JSON.stringify(body),
    {
      'content-type': 'application/json',
    },
  );
  assert(answer.status === 201, `SubjectAccessReview: ${answer.status} ${answer.body.message}`);
  return answer.body.status.allowed === true;
}
