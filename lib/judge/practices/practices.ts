import { type Issue, sortIssues } from '../../issue';
import { nameObject } from '../../render/identity';
import type { Manifest } from '../../render/manifest';
import { syncOptions } from './applications';
import { clusterBindings } from './bindings';
import { associations, broadPolicies } from './identity';
import { clusterNames, gpuSelectors, gpuTaints, gpuTolerations } from './nodes';
import type { Practice } from './practice';
import { disruption, hostPaths, rayImages } from './ray';

const PRACTICES: readonly Practice[] = [
  associations,
  broadPolicies,
  clusterBindings,
  clusterNames,
  disruption,
  gpuSelectors,
  gpuTaints,
  gpuTolerations,
  hostPaths,
  rayImages,
  syncOptions,
];

/**
 * Judges objects of one tenant, or of the platform, by what other platforms got wrong (each defect stood in a
 * published one). Our charts render none of it; this keeps it so, for every change and for objects of others.
 */
export function checkPractices(manifests: readonly Manifest[]): Issue[] {
  const owners = new Map(manifests.map(({ object, owner }) => [object, owner]));
  const objects = manifests.map(({ object }) => object);
  const cluster = manifests[0]?.owner.cluster ?? '';
  const issues = PRACTICES.flatMap((practice) => practice(objects, cluster)).map(
    ({ rule, object, message, hint }): Issue => {
      const owner = owners.get(object);
      return {
        level: 'error',
        rule,
        message: `${nameObject(object)} in dist/${owner?.path}: ${message}`,
        hint,
        ...(owner === undefined ? {} : { source: { file: owner.source, line: 1, column: 1 } }),
      };
    },
  );
  return sortIssues(issues);
}
