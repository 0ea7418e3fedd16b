/** A property of a multi-tenant platform, and how we know that it holds. */
export interface Property {
  readonly id: string;
  readonly property: string;
  /** `check:` a rule of `tenantry check`, `admission:` a policy, `test:` a file, `e2e:` a scenario. */
  readonly by: readonly string[];
  /** Where it is not shown, or not wholly: what is missing and why. */
  readonly missing?: string;
  /** Controls of others that ask for the same. */
  readonly controls?: string;
}

const property = (
  id: string,
  text: string,
  by: readonly string[],
  more: Pick<Property, 'missing' | 'controls'> = {},
): Property => ({ id, property: text, by, ...more });

const hubValues = 'test:test/charts/platform/values.test.ts';
const rendering = 'test:test/properties/rendering.test.ts';
const access = 'test:test/charts/access.test.ts';
const quota = 'test:test/charts/quota.test.ts';
const nodePools = 'test:test/charts/node-pools.test.ts';
const project = 'test:test/argocd/tenant.test.ts';
const reach = 'check:network-reachability';
const rbac = 'check:rbac-scope';

/** The checklist of multi-tenancy, in our own words, by area. */
export const PROPERTIES: Readonly<Record<string, readonly Property[]>> = {
  Ownership: [
    property('P01', 'Objects of a tenant are in its namespace, but for its Argo CD objects', [rendering], {
      controls: 'kubectl-mtb',
    }),
    property('P02', 'Tenants share no namespace, and have none of the platform', ['check:reserved-name'], {
      controls: 'CIS EKS 1.8',
    }),
    property('P03', 'No object and no file is rendered twice', ['test:test/render/identity.test.ts']),
    property('P04', 'Names made of two names cannot collide', [rendering]),
    property('P05', 'Names fit their kind, also what controllers make of them', [
      'test:test/properties/names.test.ts',
    ]),
    property('P06', 'A tenant that goes takes nothing of others along', [
      'test:test/properties/interference.test.ts',
    ]),
    property('P07', 'A tenant that comes or changes leaves others byte for byte', [
      'test:test/properties/interference.test.ts',
      'e2e:onboarding',
    ]),
  ],
  Rights: [
    property('P08', 'No tenant is bound in the whole cluster', ['check:cluster-binding'], {
      controls: 'kubectl-mtb',
    }),
    property('P09', 'Bindings in a namespace are for its tenant', [rbac]),
    property('P10', 'No group is bound in two tenants; none is everybody', ['check:duplicate-group', rbac]),
    property('P11', 'No role of a tenant has a wildcard', [rbac], { controls: 'CIS EKS 1.8' }),
    property('P12', 'No role of a tenant escalates, impersonates, or makes tokens and roles', [rbac], {
      controls: 'CIS EKS 4.1.8 to 4.1.12; MTB-PL2-CC-TI-1',
    }),
    property(
      'P13',
      'No role of a tenant writes what fences it in',
      [rbac, 'admission:platform-objects', 'e2e:hostile'],
      {
        controls: 'MTB-PL1-CC-TI-1',
      },
    ),
    property('P14', 'Nobody of a tenant reads secrets or enters pods by kubectl', [rbac, 'e2e:access'], {
      controls: 'NSA C-0002; CIS EKS 4.1.2',
    }),
    property('P15', 'No role gathers rules from others', [access, rbac]),
    property(
      'P16',
      'Pods get a token only where they need one',
      [access, 'test:test/charts/ray-pods.test.ts'],
      {
        controls: 'NSA C-0034; CIS EKS 4.1.5, 4.1.6',
      },
    ),
    property('P17', 'Pods run as an account made for them', ['admission:service-accounts', 'e2e:hostile']),
  ],
  Quota: [
    property('P18', 'Every namespace has quotas on everything that runs out', [quota, 'e2e:quota'], {
      controls: 'MTB-PL1-CC-FNS-1, 2',
    }),
    property('P19', 'GPUs are counted under the name that Kubernetes counts', [quota, 'e2e:quota']),
    property('P20', 'GPU types that are not granted are zero', [quota, 'admission:gpu-type']),
    property('P21', 'Promises of all tenants fit the pools', ['check:pool-fits']),
    property('P22', "A tenant's declared load fits its quota", ['check:quota-fits', 'e2e:largest-load']),
    property('P23', 'Containers that ask for nothing get something small', [quota]),
    property('P24', "A tenant's queue takes its jobs only", ['test:test/charts/queue.test.ts']),
    property('P25', 'Lending in the cohort is bounded both ways', ['test:test/charts/queue.test.ts']),
    property('P26', 'Tenants have their own priority classes, below the platform', [
      'admission:priority-classes',
      'test:test/charts/scheduling.test.ts',
      'e2e:hostile',
    ]),
  ],
  Pods: [
    property('P27', 'Pod Security is enforced, in a pinned version', [
      'test:test/charts/namespace.test.ts',
      'admission:namespaces',
    ]),
    property(
      'P28',
      'Every pod template passes Pod Security restricted',
      [rendering, 'test:test/charts/ray-pods.test.ts', 'admission:volumes'],
      {
        controls: 'NSA; MTB-PL1-BC-*',
      },
    ),
    property('P29', 'No privileged init container guards the metadata address', [reach, hubValues]),
    property('P30', 'Every container says what it uses', ['test:test/charts/ray-pods.test.ts']),
    property(
      'P31',
      'Images are from listed registries, and say which they are',
      ['admission:images', 'e2e:hostile'],
      {
        controls: 'CIS EKS 5.1.4',
      },
    ),
    property('P32', 'No variable turns safety off', ['check:managed-variable', 'admission:gpu-type'], {
      missing: 'what a process sets for itself is not in the pod',
    }),
  ],
  Nodes: [
    property('P33', 'Pods tolerate their own taints only', [
      'check:gpu-toleration',
      'admission:tolerations',
      'e2e:hostile',
    ]),
    property('P34', "A tenant's pool has a taint of its own", [nodePools]),
    property('P35', "Pods cannot pick another tenant's nodes", ['admission:node-selection', 'e2e:hostile']),
    property('P36', 'GPU pools have taints and limits, and GPUs', [nodePools, 'check:gpu-family']),
    property('P37', 'Nodes keep their identity and encrypt their disks', [nodePools]),
    property('P38', 'No GPU is shared by two tenants', [], {
      missing: 'sharing of GPUs is not offered: neither time-slicing nor MPS is rendered',
    }),
    property('P39', 'The container toolkit is newer than its known escapes', [], {
      missing: 'the toolkit comes with the AMI, whose release the cluster file pins',
    }),
  ],
  Network: [
    property('P40', 'Default deny both ways', [reach, 'test:test/charts/network.test.ts'], {
      controls: 'CIS EKS 4.3.2',
    }),
    property('P41', 'No pod of another tenant is reached, and only listed ones of the platform', [reach]),
    property('P42', 'No rule is empty where empty means everybody', [
      reach,
      'test:test/charts/network.test.ts',
    ]),
    property('P43', 'Namespaces are told by a label that tenants cannot write', [
      'test:test/charts/network.test.ts',
    ]),
    property('P44', 'DNS works over UDP and TCP', [reach]),
    property('P45', 'Pod Identity works, the metadata of nodes is shut', [reach]),
    property('P46', 'Ray is reached by its own tenant, the operator and NGINX only', [reach]),
    property('P47', 'Ray pods of a tenant reach each other on all ports', [reach], {
      missing: 'two Ray clusters of one tenant are not kept apart',
    }),
    property('P48', 'No dashboard is on the internet', [
      'check:host-ownership',
      'admission:ingresses',
      'admission:ray-access',
    ]),
    property('P49', 'Policies cover pods without owners, as notebooks are', [], {
      missing: 'Calico does, by design; no packet is sent in our tests',
    }),
    property('P50', 'Limits of the VPC CNI hold', [], { missing: 'Calico is the engine; they do not apply' }),
  ],
  Ingress: [
    property('P51', 'Hosts of tenants are apart', ['check:duplicate-host', 'check:host-ownership']),
    property(
      'P52',
      'Hosts are under the domain, without pieces of configuration',
      ['check:host-ownership', 'admission:ingresses', 'e2e:hostile'],
      { controls: 'NSA C-0059' },
    ),
    property('P53', 'No Service leaves the cluster', ['admission:services', 'e2e:hostile'], {
      controls: 'kubectl-mtb',
    }),
  ],
  'Argo CD': [
    property('P54', "A tenant's project leads to its namespace only", [project]),
    property('P55', 'Sources are listed one by one', [project]),
    property('P56', 'Cluster-scoped objects are allowed by name', [project], {
      missing: 'reworded: the project fences our generator, which makes a Namespace and a ClusterQueue',
    }),
    property('P57', 'Kinds are exactly those that are rendered', [project], {
      missing: 'reworded: a tenant does not write to this project',
    }),
    property('P58', 'Every Application has a project that permits it', [
      project,
      'test:test/argocd/platform.test.ts',
    ]),
    property('P59', 'Roles of a project name this project only', [project]),
    property('P60', 'Nobody is an admin of Argo CD by default', ['test:test/charts/platform/values.test.ts']),
    property('P61', 'Data is not pruned by accident', [project, 'admission:namespaces', 'e2e:lifecycle']),
    property('P62', 'Impersonation stays in the namespace', [], {
      missing: 'impersonation of Argo CD is not used',
    }),
  ],
  JupyterHub: [
    property('P63', 'Nobody signs up into an account of others', [
      'test:hub/tests/test_authenticator.py',
      'e2e:hub',
    ]),
    property('P64', 'Admins of the hub do not enter notebooks', [], {
      missing:
        'they can: the role admin of JupyterHub 5 has access:servers and cannot be overwritten; admins of a tenant are none',
    }),
    property('P65', 'A tenant sees its own profiles', [
      'test:test/charts/hub.test.ts',
      'test:hub/tests/test_catalogue.py',
      'e2e:hub',
    ]),
    property('P66', 'User names are apart, idle servers end', [
      'test:hub/tests/test_authenticator.py',
      'test:hub/tests/test_catalogue.py',
      'e2e:hub',
    ]),
    property('P67', 'Notebooks reach what the matrix says', [reach]),
    property('P68', 'Secrets of the hub are references', [hubValues, 'check:secret-value']),
  ],
  Ray: [
    property('P69', 'Ray asks for a token, in a version that can', [
      'test:test/charts/ray-objects.test.ts',
      'admission:ray-access',
      'e2e:hostile',
    ]),
    property('P70', "KubeRay's own rules hold before it sees an object", [
      'test:test/charts/ray-objects.test.ts',
      'e2e:kuberay',
    ]),
    property('P71', 'Notebook and cluster run one Ray and one Python', [
      'check:ray-images',
      'check:ray-client-version',
    ]),
  ],
  'Identity, secrets, storage': [
    property('P72', 'An identity is for one account of one namespace', [
      'check:association-account',
      'check:data-isolation',
      'admission:identity-token',
    ]),
    property(
      'P73',
      'No tenant reaches objects of another in S3',
      ['check:data-isolation', 'check:broad-policy'],
      {
        missing: 'computed from the policies; no request is sent to S3',
      },
    ),
    property('P74', 'No text of a tenant gets into a policy or a script unescaped', ['check:bad-format']),
    property('P75', 'No secret is in Git', ['check:secret-value', 'test:test/charts/secrets.test.ts'], {
      controls: 'NSA C-0012; CIS EKS 4.4.2',
    }),
    property('P76', "No claim takes another tenant's volume", ['admission:claims', 'e2e:hostile'], {
      missing: 'home volumes are retained, not deleted: data outlives a claim',
    }),
  ],
  Output: [
    property('P77', 'What is rendered passes the API server', [rendering, 'e2e:accepted']),
    property('P78', 'The same files give the same bytes', ['test:test/properties/determinism.test.ts']),
    property('P79', "Every text survives Kubernetes' YAML", ['test:test/render/dump.test.ts']),
    property('P80', 'Names lead somewhere', ['check:dangling-reference']),
    property('P81', 'Immutable fields do not change unnoticed', [
      'check:refused-update',
      'test:test/changes/changes.test.ts',
    ]),
  ],
};
