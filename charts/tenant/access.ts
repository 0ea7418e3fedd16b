import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import {
  group,
  HUB,
  HUB_CONFIG_MAP,
  JOB_CONFIG_MAP,
  NAMESPACE,
  SERVICE_ACCOUNT,
} from '../../lib/model/names';
import type { Placement } from '../../lib/model/platform';
import { tenantLabels } from '../labels';

const READ = ['get', 'list', 'watch'];
const RAY_JOBS: k8s.PolicyRule = {
  apiGroups: ['ray.io'],
  resources: ['rayjobs'],
  verbs: [...READ, 'create', 'delete'],
};

/** What members see and do with kubectl. No secrets, no exec; Git owns everything but jobs. */
const USER_RULES: k8s.PolicyRule[] = [
  {
    apiGroups: [''],
    resources: [
      'pods',
      'pods/log',
      'services',
      'events',
      'persistentvolumeclaims',
      'resourcequotas',
      'limitranges',
    ],
    verbs: READ,
  },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: READ },
  { apiGroups: ['ray.io'], resources: ['rayclusters', 'rayservices', 'raycronjobs'], verbs: READ },
  { apiGroups: ['kueue.x-k8s.io'], resources: ['localqueues', 'workloads'], verbs: READ },
  RAY_JOBS,
];

/** Admins may also end what hangs; controllers and the hub start it again. */
const ADMIN_RULES: k8s.PolicyRule[] = [
  ...USER_RULES,
  { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
];

/** What KubeSpawner does in a tenant's namespace, and the one ConfigMap by which the hub learns the tenant. */
const HUB_RULES: k8s.PolicyRule[] = [
  { apiGroups: [''], resources: ['pods', 'persistentvolumeclaims'], verbs: [...READ, 'create', 'delete'] },
  { apiGroups: [''], resources: ['events'], verbs: READ },
  { apiGroups: [''], resources: ['configmaps'], resourceNames: [HUB_CONFIG_MAP], verbs: ['get'] },
];

/** What tenantry-job does: it makes RayJobs out of the tenant's template, and says what they wait for. */
const NOTEBOOK_RULES: k8s.PolicyRule[] = [
  RAY_JOBS,
  { apiGroups: ['kueue.x-k8s.io'], resources: ['workloads'], verbs: READ },
  { apiGroups: [''], resources: ['configmaps'], resourceNames: [JOB_CONFIG_MAP], verbs: ['get'] },
];

/** Service accounts, roles and bindings of one tenant; nothing is bound outside its namespace. */
export class AccessChart extends Chart {
  constructor(scope: Construct, placement: Placement) {
    super(scope, 'access', { labels: tenantLabels(placement) });
    const { tenant, notebooks, allowed } = placement;

    // Tokens are off by default; a pod that needs one asks for it.
    for (const name of ['default', ...Object.values(SERVICE_ACCOUNT)]) {
      new k8s.KubeServiceAccount(this, `ServiceAccount-${name}`, {
        metadata: { name, namespace: tenant },
        automountServiceAccountToken: false,
      });
    }

    // Also where nobody may come in: the hub stops servers that still run.
    this.bind(tenant, 'hub', HUB_RULES, serviceAccount(HUB.name, NAMESPACE.jupyterhub));
    if (!allowed.opens) return;
    this.bind(tenant, 'admin', ADMIN_RULES, ...groupSubjects(placement, 'admins'));
    this.bind(tenant, 'user', USER_RULES, ...groupSubjects(placement, 'users'));
    if (notebooks.submitJobs) {
      this.bind(tenant, 'notebook', NOTEBOOK_RULES, serviceAccount(SERVICE_ACCOUNT.notebook, tenant));
    }
  }

  /** KubeRay names the autoscaler's Role after the RayCluster (1.7.0, BuildRole); `:` cannot be in that name. */
  private bind(namespace: string, role: string, rules: k8s.PolicyRule[], ...subjects: k8s.Subject[]): void {
    const name = `tenantry:${role}`;
    new k8s.KubeRole(this, `Role-${name}`, { metadata: { name, namespace }, rules });
    new k8s.KubeRoleBinding(this, `RoleBinding-${name}`, {
      metadata: { name, namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects,
    });
  }
}

/** The group of the identity provider, and the one that an access entry gives to an IAM role. */
function groupSubjects({ tenant, groups, spec }: Placement, role: 'admins' | 'users'): k8s.Subject[] {
  const names = [groups[role], ...(spec.members.roles?.[role] === undefined ? [] : [group(tenant, role)])];
  return [...new Set(names)].map((name) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name }));
}

function serviceAccount(name: string, namespace: string): k8s.Subject {
  return { kind: 'ServiceAccount', name, namespace };
}
