import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A data file with one chart, one custom resource, two core kinds and two families. */
export const VERSIONS = `
charts:
  barn:
    repository: oci://charts.example.com/farm
    chart: barn-operator
    version: 1.2.3
    appVersion: v1.2.3
    kubernetes: {min: '1.30', max: '1.36', source: 'a page, read 2026-01-02'}
    crds: [farm]
customResources:
  - name: farm
    repository: example/farm
    version: v1.2.3
    path: config/crd
    folder: crds/farm
    kinds:
      farm.example.com/v1/Barn: barns.yaml
kubernetes:
  repository: example/kubernetes
  version: v1.36.0
  path: api
  upstreamFile: swagger.json
  folder: kubernetes
  file: swagger.json
  kinds: [v1/Pod, v1/Namespace]
  types:
    ObjectMeta: [annotations, labels]
    PodTemplateSpec: [metadata, spec.containers]
instanceTypes:
  repository: example/nodes
  version: v2.0.0
  path: reference
  folder: ec2
  file: types.md
  read: '2026-01-02'
  families: {gpu: [g9], cpu: [m9]}
`;

/** A CRD whose fields carry the names of prose keywords, and prose. */
export const CRD = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: barns.farm.example.com}
spec:
  group: farm.example.com
  scope: Namespaced
  names: {kind: Barn, plural: barns}
  versions:
    - name: v1alpha1
      served: false
      schema: {openAPIV3Schema: {type: object}}
    - name: v1
      served: true
      schema:
        openAPIV3Schema:
          type: object
          description: a barn
          required: [spec]
          properties:
            apiVersion: {type: string, description: prose}
            kind: {type: string}
            metadata: {type: object}
            spec:
              type: object
              title: prose
              required: [title, doors, animals]
              x-kubernetes-validations:
                - {rule: 'self.doors > 0', message: has no door, reason: FieldValueInvalid}
              properties:
                title: {type: string, description: prose, example: prose, maxLength: 5, pattern: '^[a-z]+$'}
                description: {type: string, nullable: true}
                doors: {type: integer, format: int32, minimum: 1, maximum: 4}
                roof: {type: string, enum: [tin, 'tha''tch']}
                capacity: {anyOf: [{type: integer}, {type: string}], x-kubernetes-int-or-string: true}
                colour: {type: string, default: red}
                built: {type: string, format: date-time}
                tags: {type: array, maxItems: 2, items: {type: string}, x-kubernetes-list-type: set}
                labels: {type: object, additionalProperties: {type: string}}
                anything: {type: object, x-kubernetes-preserve-unknown-fields: true}
                animals:
                  type: array
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [name, kind]
                  items:
                    type: object
                    required: [name, kind]
                    properties:
                      name: {type: string}
                      kind: {type: string, default: cow}
                feed:
                  type: object
                  oneOf: [{required: [hay]}, {required: [corn]}]
                  properties: {hay: {type: integer}, corn: {type: integer}}
                water:
                  type: object
                  anyOf: [{required: [well]}, {required: [river]}]
                  not: {required: [sea]}
                  properties: {well: {type: string}, river: {type: string}, sea: {type: string}}
                template:
                  type: object
                  properties:
                    metadata: {type: object}
                    spec: {type: object, properties: {containers: {type: array, items: {type: object}}}}
            status: {type: object, properties: {ready: {type: boolean}}}
`;

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const CORE = 'io.k8s.api.core.v1';
const ref = (name: string) => ({ $ref: `#/definitions/${name}`, description: 'prose' });
const gvk = (kind: string) => [{ group: '', version: 'v1', kind }];
const post = (kind: string) => ({ post: { 'x-kubernetes-group-version-kind': gvk(kind)[0] } });
const labels = { type: 'object', additionalProperties: { type: 'string' } };

/** A small OpenAPI document of Kubernetes. */
export const SWAGGER = JSON.stringify({
  definitions: {
    [`${META}.ObjectMeta`]: {
      type: 'object',
      description: 'prose',
      properties: {
        annotations: labels,
        labels,
        name: { type: 'string' },
        managedFields: ref(`${META}.FieldsV1`),
      },
    },
    [`${META}.FieldsV1`]: { type: 'object' },
    'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: 'string' },
    [`${CORE}.Namespace`]: {
      type: 'object',
      properties: { metadata: ref(`${META}.ObjectMeta`) },
      'x-kubernetes-group-version-kind': gvk('Namespace'),
    },
    [`${CORE}.Pod`]: {
      type: 'object',
      properties: {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: ref(`${META}.ObjectMeta`),
        spec: ref(`${CORE}.PodSpec`),
        template: ref(`${CORE}.PodTemplateSpec`),
        status: ref(`${CORE}.PodStatus`),
      },
      'x-kubernetes-group-version-kind': gvk('Pod'),
    },
    [`${CORE}.PodTemplateSpec`]: {
      type: 'object',
      properties: { metadata: ref(`${META}.ObjectMeta`), spec: ref(`${CORE}.PodSpec`) },
    },
    [`${CORE}.PodSpec`]: {
      type: 'object',
      required: ['containers'],
      properties: {
        containers: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
          items: ref(`${CORE}.Container`),
        },
      },
    },
    [`${CORE}.Container`]: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, cpu: ref('io.k8s.apimachinery.pkg.api.resource.Quantity') },
    },
    [`${CORE}.PodStatus`]: { type: 'object', properties: { phase: { type: 'string' } } },
    [`${CORE}.Unreached`]: { type: 'object' },
  },
  paths: {
    '/api/v1/namespaces': post('Namespace'),
    '/api/v1/namespaces/{name}': {},
    '/api/v1/namespaces/{namespace}/pods': post('Pod'),
  },
});

/** A page of instance types in the form of Karpenter's reference. */
export const INSTANCE_TYPES = ['g9.large', 'm9.large', 'm9.metal-24xl', 'm9g.large', 'x1.large']
  .map(section)
  .join('');

function section(type: string): string {
  const [family = '', size = ''] = type.split('.');
  const gpu = family.startsWith('g')
    ? [
        'instance-gpu-count|2',
        'instance-gpu-name|a99',
        'instance-gpu-memory|24576',
        'instance-local-nvme|600',
      ]
    : [];
  const labels = [
    `instance-family|${family}`,
    `instance-size|${size}`,
    'instance-cpu|8',
    'instance-memory|32768',
    ...gpu,
  ]
    .map((label) => ` |karpenter.k8s.aws/${label}|\n`)
    .join('');
  const arch = family.endsWith('g') ? 'arm64' : 'amd64';
  return `### \`${type}\`\n#### Labels\n | Label | Value |\n |--|--|\n${labels} |kubernetes.io/arch|${arch}|\n#### Resources\n |cpu|7910m|\n |memory|29317Mi|\n`;
}

const folders: string[] = [];

/** Writes files below a new temporary folder and returns the folder. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-import-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Removes the folders of folderWith. */
export function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** Texts of all files below a folder, by path. */
export function textsIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.sort().map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}

/** Every input of VERSIONS, laid out for `--from`. */
export const INPUTS = {
  'crds/farm/barns.yaml': CRD,
  'kubernetes/swagger.json': SWAGGER,
  'ec2/types.md': INSTANCE_TYPES,
} as const;
