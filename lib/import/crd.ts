import { load } from 'js-yaml';
import type { CustomResourceSchema, GroupVersionKind, Schema, Scope } from '../model/schema';
import { withoutProse } from './prose';

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly scope: Scope;
    readonly names: { readonly kind: string };
    readonly versions: readonly CustomResourceVersion[];
  };
}

interface CustomResourceVersion {
  readonly name: string;
  readonly served: boolean;
  readonly schema: { readonly openAPIV3Schema: Readonly<Record<string, unknown>> };
  readonly subresources?: { readonly status?: object };
}

/** The schema of one served version in a CRD file. Throws an Error that says what the file lacks. */
export function readCustomResource(
  text: string,
  wanted: GroupVersionKind,
  source: string,
): CustomResourceSchema {
  const crd = load(text) as Partial<CustomResourceDefinition> | null;
  const { group, scope, names, versions } = crd?.spec ?? {};
  if (group === undefined || names?.kind === undefined || !Array.isArray(versions)) {
    throw new Error('not a CustomResourceDefinition');
  }
  if (group !== wanted.group || names.kind !== wanted.kind) {
    throw new Error(`defines ${group} ${names.kind}, not ${wanted.group} ${wanted.kind}`);
  }
  const version = versions.find(({ name, served }) => name === wanted.version && served);
  if (version === undefined) throw new Error(`does not serve version ${wanted.version} of ${wanted.kind}`);
  if (scope !== 'Namespaced' && scope !== 'Cluster') throw new Error(`has the unknown scope ${scope}`);
  const status = version.subresources?.status !== undefined;
  return {
    'x-tenantry': { scope, source, ...(status && { status }) },
    'x-kubernetes-group-version-kind': [wanted],
    ...(withoutProse(version.schema.openAPIV3Schema) as Schema),
  };
}
