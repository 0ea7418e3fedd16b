/**
 * Why each rule about tenant and cluster files, and about dist/, exists: what goes wrong without it, and where that was
 * read. Rules about Kubernetes objects say it by themselves (lib/judge), proofs too (lib/proofs).
 */
export const WHY: Readonly<Record<string, string>> = {
  // Files
  'byte-order-mark': 'An invisible character at the start of a file makes its first key another one.',
  'duplicate-key':
    'Of two equal keys most readers take the last one in silence, so half of a change is lost.',
  'file-extension': 'Only <name>.yaml is read, so that no file is overlooked.',
  'file-name': 'A file is found by the name of its tenant, and two files cannot be about the same one.',
  'file-too-big': 'No file of people is that large; reading it would hold up every check.',
  'foreign-file': 'Argo CD applies all that is in dist/, whoever wrote it.',
  'hidden-character':
    'Text that a reviewer cannot see, or sees in another order, is not what was reviewed (CVE-2021-42574).',
  'key-too-long': 'No field has so long a name; it is text that lost its quotes.',
  'key-type': 'Keys are names; a list or a number as a key means that indentation or quotes were lost.',
  'no-document': 'An empty file is a tenant that nobody meant to delete.',
  'no-folder': 'Without tenants/ or clusters/ everything would be deleted.',
  'not-a-mapping': 'A file is a mapping of fields.',
  'not-finite': '.nan and .inf are no amounts.',
  'not-utf8': 'Kubernetes and Git read UTF-8.',
  'one-document': 'One file is one tenant or one cluster; what comes after --- would be overlooked.',
  'stray-file': 'A file beside the others is not read, and somebody thinks it is.',
  symlink: 'A link leads out of the folder, or to a file that is checked already.',
  'tab-indent': 'YAML forbids tabs for indentation (YAML 1.2.2, section 6.1).',
  'too-deep': 'No field is nested that deep, and readers that recurse would end.',
  'too-many-issues': 'Beyond some hundred findings a file is another kind of file.',
  'unreadable-file': 'What cannot be read cannot be checked.',
  'yaml-alias': 'An alias hides what a field says behind another place of the file.',
  'yaml-anchor': 'Anchors and aliases can grow a small file without bounds (the billion laughs).',
  'yaml-directive': 'Directives change how a file is read.',
  'yaml-merge': 'Merge keys are YAML 1.1; YAML 1.2 reads them as a field named <<.',
  'yaml-syntax': 'The file is no YAML.',
  'yaml-tag': 'Tags make objects of programs from text.',
  // Fields
  'bad-format': 'A text of another form is refused by Kubernetes, AWS or Ray later, where nobody looks.',
  'bad-value': 'The value does not satisfy the schema of the field.',
  'duplicate-item': 'An item that stands twice is a slip: the second was meant to be another one.',
  'missing-field': 'The field has no default that would be right for everybody.',
  'not-allowed': 'Only the values of the list have a meaning.',
  'out-of-range': 'Outside of these limits Kubernetes refuses the value, or no machine has as much.',
  'too-few-items': 'Nothing at all means everything in some places and nothing in others.',
  'too-long': 'Names and labels of Kubernetes end at 63 characters, and controllers add some of their own.',
  'too-many-items': 'Beyond this number objects outgrow what the API server stores.',
  'too-short': 'An empty text is a forgotten one.',
  'unknown-field': 'A misspelled field is ignored in silence elsewhere; here it is an error.',
  'wrong-type': 'yes, 0042 and 1e3 are other types than they look like in YAML.',
  // What files say about each other
  'above-per-gpu':
    'A pod that takes more than the share of its GPUs leaves other GPUs of the machine without cores, and Kueue counts the share.',
  'ami-release':
    'Before this release there is no machine image for that Kubernetes version, so no node would come.',
  'bucket-name': 'S3 refuses longer names (S3 user guide, bucket naming rules).',
  'budget-order': 'max counts the guaranteed part in, so it cannot be below it.',
  capacity:
    'A pod that asks for a capacity type which its pool does not offer waits for ever; Ray heads run on demand.',
  cidr: 'Overlapping ranges are routed to one of the two, and AWS refuses subnets outside of the VPC.',
  existing: 'A cluster that exists lies in a VPC that exists.',
  schedule: 'KubeRay reads five fields as robfig/cron v3 does, and refuses others.',
  subnets: 'Each zone has one subnet of each kind.',
  zone: 'EKS needs two zones of its region (EKS user guide, network requirements).',
  'cpu-pool': 'Heads, submitters and CPU notebooks run on the shared pool of CPU nodes.',
  'dataset-not-granted': 'Who may read a dataset is the decision of its owner, in the cluster file.',
  'dataset-prefix': 'A prefix that lies in another one would grant that one too.',
  'dedicated-pool': 'All pools of the type are kept for other tenants: the quota could never be used.',
  'duplicate-domain': 'Two clusters with one domain would both answer to hub.<domain>.',
  'duplicate-group': 'A group that is bound in two tenants joins them.',
  'duplicate-host': 'Of two Ingresses with one host, one gets the requests of both.',
  'duplicate-member': 'Admins have the rights of users.',
  'duplicate-name': 'Objects of one name replace each other; KubeRay derives Services from names too.',
  'duplicate-role': 'EKS has one access entry a role: the second would take the rights of the first.',
  'gpu-family': 'Instances of the family have other GPUs than the type says, or GPUs where none are needed.',
  'gpu-memory': 'People choose a GPU type by its memory: it has to be the one that the instances have.',
  'gpu-not-granted': 'A GPU type without quota is refused when the pod is made, at night.',
  'gpu-pool': 'A GPU type without a pool has no nodes.',
  'gpu-without-type': 'A number of GPUs says nothing about which ones; quota and price depend on it.',
  'home-zones': 'An EBS disk stays in its zone: a notebook that cannot get there does not find its home.',
  host: 'The certificate covers one label below the domain, and hosts of the platform are taken.',
  'hub-login':
    'With single sign-on nobody has a password of the hub, so an administrator with one could not come in.',
  'idle-timeout': 'The hub reads one ceiling for all servers before it knows the tenant.',
  'image-without-cuda': 'A GPU that the image cannot use is paid for all the same.',
  'instance-size': 'A pod that no instance can hold waits for ever, and Karpenter says so in its log alone.',
  'kubernetes-version': 'Outside of these versions the API, the operators or their charts were not tried.',
  'managed-variable': 'Variables of Ray, AWS and NVIDIA decide who a process is and which GPUs it sees.',
  'min-max': 'A minimum above the maximum is a slip.',
  'one-pool':
    'Two pools for one purpose double its limit; one pool with both capacity types falls back by itself.',
  'platform-role': 'A role of the platform has one access entry, that of the platform.',
  'pool-fits': 'What is promised to all tenants together must be there when all of them come.',
  'public-endpoint': 'A range of all addresses lets everybody reach the API server.',
  'quota-fits': 'What a tenant declares does not fit its own quota: its last worker would be refused.',
  'ray-client-version':
    'Ray Client refuses another Ray version, and fails oddly with another Python minor (Ray, Ray Client, versioning requirements).',
  'ray-version':
    'Below 2.52.0 Ray has no token, and everybody who reaches the dashboard runs code (CVE-2023-48022); and the field has to say what the image has.',
  'reserved-name': 'The name belongs to Kubernetes, an operator or the platform.',
  'secret-value': 'What is in Git is known to everybody who ever clones it.',
  'time-zone': 'KubeRay refuses a schedule in a time zone that it does not know.',
  'unknown-reference': 'The name leads to nothing in the cluster file; a pod of it would wait for ever.',
  'worker-range': 'A minimum above the maximum is a slip.',
  'worker-size': 'A CPU worker without a size would take the default of the LimitRange, which is tiny.',
  // Objects of any origin
  cel: 'A rule of the kind itself, which the API server evaluates (Kubernetes, CRD validation rules).',
  decode: 'The API server cannot read the document.',
  object: 'Every object has an apiVersion, a kind and a name.',
  'unknown-kind': 'No CRD of this kind is known: the API server would not find it either. --crd adds kinds.',
  // dist/
  'data-removal':
    'Argo CD deletes from the cluster what leaves dist/, and the homes of a tenant go with its Namespace.',
  'duplicate-file':
    'Of two sources that write one file, the last would win; macOS and Windows take names that differ in case for one.',
  'duplicate-object': 'Argo CD lets the last of two objects with one name win.',
  'mass-deletion': 'A folder of tenant files that was lost would delete the tenants.',
  'refused-update':
    'The API server takes the object when it is new, and refuses the change of the one that is there: Argo CD would retry for ever.',
  stale: 'Argo CD applies dist/, not the files: what was reviewed has to be what is applied.',
  // What the API server accepts and nobody should write
  'association-account':
    'An association with a service account that is not there gives its role to whoever makes an account of that name.',
  'broad-policy': "An action or a resource too many is every tenant's.",
  'cluster-binding': 'A binding in the whole cluster reaches into every tenant.',
  'cluster-names': 'What is named after another cluster belongs to it, and goes when that one is taken down.',
  'do-not-disrupt':
    'Karpenter reads the annotation on pods, nodes and NodeClaims: elsewhere it protects nothing (Karpenter, disruption).',
  'gpu-selector': 'A pod that selects a GPU type and asks for none keeps a GPU node for nothing.',
  'gpu-taint': 'Without the taint CPU pods fill GPU nodes.',
  'gpu-toleration': 'A pod that tolerates the taint of GPU nodes and asks for no GPU fills them.',
  'host-path': 'A folder of the node is a way to every pod of it (Kubernetes, Pod Security Standards).',
  'ray-images': 'Head and workers of other versions do not find each other.',
  scope: 'Argo CD would put the object into the namespace of its Application.',
  'sync-options':
    'Replace deletes and makes anew, and an annotation of client-side apply holds no more than 256 KiB.',
};
