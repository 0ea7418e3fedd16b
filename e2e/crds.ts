import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Api, Body, Reference } from './api';
import { until } from './wait';

const SCHEMAS = join(__dirname, '../imports/schemas');

/** Every CustomResourceDefinition of imports/schemas: what the operators install, at the versions we render for. */
export function customResourceDefinitions(): Reference[] {
  return readdirSync(SCHEMAS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: group }) =>
      readdirSync(join(SCHEMAS, group)).map((file) => definition(join(SCHEMAS, group, file))),
    );
}

/** The kind that a CustomResourceDefinition defines, as imports/versions.yaml writes it. */
export function kindOf({ spec }: Body): string {
  return `${spec.group}/${spec.versions[0].name}/${spec.names.kind}`;
}

/** CustomResourceDefinitions of a folder of an operator's own module. */
export function definitionsIn(folder: string): Reference[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => load(readFileSync(join(folder, file), 'utf8')) as Reference & Body)
    .filter(({ kind }) => kind === 'CustomResourceDefinition');
}

/** Creates or replaces CustomResourceDefinitions, and waits until their kinds are served. */
export async function installDefinitions(api: Api, definitions: readonly Reference[]): Promise<void> {
  for (const definition of definitions) {
    const { status, body } = await api.apply(definition, JSON.stringify(definition));
    if (status >= 300) throw new Error(`${definition.metadata.name}: ${body.message}`);
  }
  for (const definition of definitions) {
    await until(async () => {
      const { body } = await api.get(definition);
      const conditions: { type: string; status: string }[] = body.status?.conditions ?? [];
      return conditions.some(({ type, status }) => type === 'Established' && status === 'True') || undefined;
    }, definition.metadata.name);
  }
  api.forget();
}

function definition(path: string): Reference {
  const {
    'x-kubernetes-group-version-kind': [{ group, version, kind }],
    'x-tenantry': { scope, status },
    ...schema
  } = JSON.parse(readFileSync(path, 'utf8'));
  const plural = pluralOf(kind.toLowerCase());
  const object = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // The API server wants it for its own groups, and does not look at the address.
      annotations: { 'api-approved.kubernetes.io': 'https://github.com/kubernetes/enhancements' },
    },
    spec: {
      group,
      scope,
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: schema },
          ...(status && { subresources: { status: {} } }),
        },
      ],
    },
  };
  return object;
}

function pluralOf(kind: string): string {
  if (kind.endsWith('y')) return `${kind.slice(0, -1)}ies`;
  return kind.endsWith('s') ? `${kind}es` : `${kind}s`;
}
