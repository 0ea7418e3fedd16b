import { withoutProse } from '../../lib/import/prose';
import type { KindSchema, Schema, Scope } from '../../lib/model/schema';
import { type LoadSchema, loadSchema } from '../../lib/model/schemas';
import type { KubernetesObject } from '../../lib/render/manifest';

interface Definition extends KubernetesObject {
  readonly spec: {
    readonly group: string;
    readonly scope: Scope;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      name: string;
      served: boolean;
      schema: { openAPIV3Schema: Readonly<Record<string, unknown>> };
    }[];
  };
}

export function isDefinition(object: KubernetesObject): object is Definition {
  return object.kind === 'CustomResourceDefinition';
}

/** A look-up that knows the kinds that CustomResourceDefinitions among objects define, and those of imports/. */
export function schemasWith(objects: readonly KubernetesObject[]): LoadSchema {
  const definitions = loadSchema('v1', 'Pod')?.definitions ?? {};
  const known = new Map<string, KindSchema>();
  for (const { spec } of objects.filter(isDefinition)) {
    for (const { name, served, schema } of spec.versions) {
      if (!served) continue;
      known.set(`${spec.group}/${name}/${spec.names.kind}`, {
        schema: withoutProse(schema.openAPIV3Schema) as Schema,
        definitions,
        scope: spec.scope,
      });
    }
  }
  return (apiVersion, kind) => known.get(`${apiVersion}/${kind}`) ?? loadSchema(apiVersion, kind);
}
