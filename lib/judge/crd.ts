import type { CustomResourceSchema, KindSchema, Schema, Scope } from '../model/schema';
import { loadSchema } from '../model/schemas';
import { isMap } from './defaults';

/** Kinds by apiVersion and kind, as in `ray.io/v1/RayCluster`. */
export type Kinds = ReadonlyMap<string, KindSchema>;

interface Version {
  readonly name: string;
  readonly served: boolean;
  readonly schema?: { readonly openAPIV3Schema?: Schema };
  readonly subresources?: { readonly status?: object };
}

/** Whether a value is a CustomResourceDefinition. */
export function isDefinition(object: unknown): boolean {
  return isMap(object) && object.kind === 'CustomResourceDefinition';
}

/** The kinds that a CustomResourceDefinition of the right shape defines. */
export function kindsOf(definition: unknown): [string, KindSchema][] {
  const { group, scope, names, versions } = (
    definition as {
      spec: { group: string; scope: Scope; names: { kind: string }; versions: readonly Version[] };
    }
  ).spec;
  const { definitions } = loadSchema('v1', 'Namespace') as KindSchema;
  return versions
    .filter(({ served }) => served)
    .map(({ name, schema, subresources }) => {
      const status = subresources?.status !== undefined;
      const custom: CustomResourceSchema = {
        ...(schema?.openAPIV3Schema ?? { 'x-kubernetes-preserve-unknown-fields': true }),
        'x-tenantry': { scope, source: 'input', ...(status && { status }) },
      };
      return [`${group}/${name}/${names.kind}`, { schema: custom, definitions, scope }];
    });
}
