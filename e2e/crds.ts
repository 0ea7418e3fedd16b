import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reference } from './api';

const SCHEMAS = join(__dirname, '../imports/schemas');

/** Every CustomResourceDefinition of imports/schemas: what the operators install, at the versions we render for. */
export function customResourceDefinitions(): Reference[] {
  return readdirSync(SCHEMAS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: group }) =>
      readdirSync(join(SCHEMAS, group)).map((file) => definition(join(SCHEMAS, group, file))),
    );
}

function definition(path: string): Reference {
  const {
    'x-kubernetes-group-version-kind': [{ group, version, kind }],
    'x-tenantry': { scope },
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
          subresources: { status: {} },
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
