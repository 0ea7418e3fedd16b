import { formatPointer } from '../check/reporter';
import type { Issue } from '../issue';
import { loadSchema } from '../model/schemas';
import { nameObject } from '../render/identity';
import type { Manifest } from '../render/manifest';
import { checkSchema } from './schema';

/** Judges rendered objects by the schemas of imports/: what the API server would refuse for its shape. */
export function checkManifests(manifests: readonly Manifest[]): Issue[] {
  return manifests.flatMap(({ object, owner }): Issue[] => {
    const name = `${nameObject(object)} in dist/${owner.path}`;
    const source = { file: owner.source, line: 1, column: 1 };
    const found = loadSchema(object.apiVersion, object.kind);
    if (found === undefined) {
      const message = `${name}: no schema for ${object.apiVersion}`;
      return [{ level: 'error', rule: 'unknown-kind', message, source }];
    }
    const scope = object.metadata.namespace === undefined ? 'Cluster' : 'Namespaced';
    const misplaced: Issue[] =
      scope === found.scope
        ? []
        : [
            {
              level: 'error',
              rule: 'scope',
              message: `${name}: the kind is of scope ${found.scope}`,
              source,
            },
          ];
    return [
      ...misplaced,
      ...checkSchema(object, found).map(({ pointer, message }): Issue => {
        return {
          level: 'error',
          rule: 'schema',
          message: `${name}: ${formatPointer(pointer)} ${message}`,
          source,
        };
      }),
    ];
  });
}
