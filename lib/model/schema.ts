import { own } from '../own';

/** A rule in CEL. */
export interface ValidationRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly fieldPath?: string;
  readonly reason?: string;
  readonly optionalOldSelf?: boolean;
}

/** A structural schema as the API server judges with, or a definition of Kubernetes' OpenAPI. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'map' | 'set';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly ValidationRule[];
  readonly 'x-kubernetes-group-version-kind'?: readonly GroupVersionKind[];
}

export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export type Scope = 'Namespaced' | 'Cluster';

export type Definitions = Readonly<Record<string, Schema>>;

/** What judges objects of one kind. */
export interface KindSchema {
  /** Kinds of Kubernetes itself are a `$ref` into the definitions; custom resources have none. */
  readonly schema: Schema;
  /** Shared definitions of Kubernetes, `ObjectMeta` among them. */
  readonly definitions: Definitions;
  readonly scope: Scope;
}

/** The file imports/schemas/kubernetes.json. */
export interface KubernetesSchemas {
  readonly definitions: Definitions;
  /** By apiVersion and kind, as in `apps/v1/Deployment`. */
  readonly kinds: Readonly<Record<string, { readonly definition: string; readonly scope: Scope }>>;
}

/** A file imports/schemas/<group>/<kind>_<version>.json. */
export interface CustomResourceSchema extends Schema {
  readonly 'x-tenantry': {
    readonly scope: Scope;
    readonly source: string;
    /** The API server drops the status of what it is given: controllers write it by another path. */
    readonly status?: boolean;
  };
}

const REF = '#/definitions/';

/** A definition's name as a `$ref` to it. */
export function refTo(definition: string): string {
  return REF + definition;
}

/** The schema that a schema stands for: itself, or what its `$ref` names. */
export function resolve(schema: Schema, definitions: Definitions): Schema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.slice(REF.length);
  const found = own(definitions, name);
  if (found === undefined) throw new Error(`imports/schemas/kubernetes.json: no definition ${name}`);
  return resolve(found, definitions);
}

/** The file of a custom resource's schema below imports/schemas. */
export function schemaPath({ group, version, kind }: GroupVersionKind): string {
  return `${group}/${kind.toLowerCase()}_${version}.json`;
}
