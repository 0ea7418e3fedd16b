import { compare } from '../issue';
import {
  type Definitions,
  type GroupVersionKind,
  type KubernetesSchemas,
  refTo,
  type Schema,
  type Scope,
} from '../model/schema';
import { own } from '../own';
import { withoutProse } from './prose';
import { parseKind } from './versions';

interface Operation {
  readonly 'x-kubernetes-action'?: string;
  readonly 'x-kubernetes-group-version-kind'?: GroupVersionKind;
}

interface Swagger {
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly paths: Readonly<Record<string, { readonly post?: Operation }>>;
}

/** Definitions that the OpenAPI leaves vaguer than the API server is: Go types that decode themselves. */
const SELF_DECODING: ReadonlyMap<string, Schema> = new Map([
  ['io.k8s.apimachinery.pkg.api.resource.Quantity', { anyOf: [{ type: 'number' }, { type: 'string' }] }],
  [
    'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1',
    { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  ],
  [
    'io.k8s.apimachinery.pkg.runtime.RawExtension',
    { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  ],
  ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', { 'x-kubernetes-int-or-string': true }],
]);

/** Fields that the OpenAPI calls required and the API server does without (core/validation v1.36.1). */
const NOT_MISSED: ReadonlyMap<string, readonly string[]> = new Map([
  ['io.k8s.api.core.v1.HTTPHeader', ['value']],
  ['io.k8s.api.core.v1.LimitRangeSpec', ['limits']],
  ['io.k8s.api.core.v1.PreferredSchedulingTerm', ['preference']],
  ['io.k8s.api.core.v1.SleepAction', ['seconds']],
  ['io.k8s.api.core.v1.Sysctl', ['value']],
]);

/** Kinds of Kubernetes with the definitions they reach. Throws an Error on a kind that is not there. */
export function readKubernetes(text: string, kinds: readonly string[]): KubernetesSchemas {
  const swagger = JSON.parse(text) as Partial<Swagger>;
  if (swagger.definitions === undefined || swagger.paths === undefined)
    throw new Error('not an OpenAPI document');
  const { definitions, paths } = swagger;
  const entries = [...kinds].sort(compare).map((key): [string, { definition: string; scope: Scope }] => {
    const kind = parseKind(key);
    const definition = Object.keys(definitions).find((name) =>
      kindsOf(definitions[name]).some(sameKind(kind)),
    );
    if (definition === undefined) throw new Error(`has no kind ${key}`);
    return [key, { definition, scope: scopeOf(kind, paths) }];
  });
  const roots = entries.map(([, { definition }]) => definition);
  return { kinds: Object.fromEntries(entries), definitions: reachable(roots, definitions) };
}

/** The definitions that some definitions reach, themselves included, by name and without prose. */
export function reachable(roots: readonly string[], definitions: Definitions): Definitions {
  const found = new Map<string, Schema>();
  const waiting = [...roots];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    const definition = own(definitions, name);
    if (definition === undefined) throw new Error(`has no definition ${name}`);
    const schema = SELF_DECODING.get(name) ?? (withoutProse(asJudged(name, definition)) as Schema);
    found.set(name, schema);
    waiting.push(...refsIn(schema));
  }
  return Object.fromEntries([...found].sort(([a], [b]) => compare(a, b)));
}

function asJudged(name: string, definition: Schema): Readonly<Record<string, unknown>> {
  const { required, ...rest } = definition;
  const missed = required?.filter((field) => NOT_MISSED.get(name)?.includes(field) !== true) ?? [];
  return { ...rest, ...(missed.length > 0 && { required: missed }) };
}

function refsIn(schema: Schema): string[] {
  const { $ref, properties = {}, items, additionalProperties } = schema;
  if ($ref !== undefined) return [$ref.slice(refTo('').length)];
  return [...Object.values(properties), items, additionalProperties].flatMap((inner) =>
    typeof inner === 'object' ? refsIn(inner) : [],
  );
}

function kindsOf(schema: Schema | undefined): readonly GroupVersionKind[] {
  return schema?.['x-kubernetes-group-version-kind'] ?? [];
}

function sameKind(a: GroupVersionKind): (b: GroupVersionKind | undefined) => boolean {
  return (b) => a.group === b?.group && a.version === b.version && a.kind === b.kind;
}

function scopeOf(kind: GroupVersionKind, paths: Swagger['paths']): Scope {
  const namespaced = Object.entries(paths).some(
    ([path, { post }]) =>
      path.includes('/{namespace}/') && sameKind(kind)(post?.['x-kubernetes-group-version-kind']),
  );
  return namespaced ? 'Namespaced' : 'Cluster';
}
