import { formatPointer } from '../check/reporter';
import type { Issue, Pointer } from '../issue';
import { loadSchema } from '../model/schemas';
import { nameObject } from '../render/identity';
import type { Manifest } from '../render/manifest';
import type { Finding } from './finding';
import { judge } from './judge';
import { CURRENT_VERSION } from './version';

/** A finding about a rendered object. */
export interface ManifestIssue {
  readonly issue: Issue;
  readonly manifest: Manifest;
  readonly pointer: Pointer;
}

/** Judges rendered objects as `tenantry validate` does. */
export function judgeManifests(manifests: readonly Manifest[]): ManifestIssue[] {
  return manifests.flatMap((manifest) =>
    [
      ...judge(manifest.object, { schemas: loadSchema, version: CURRENT_VERSION }),
      ...misplaced(manifest),
    ].map((finding) => ({ issue: toIssue(finding, manifest), manifest, pointer: finding.pointer })),
  );
}

/** The same, each at the start of the file that it comes from. */
export function checkManifests(manifests: readonly Manifest[]): Issue[] {
  return judgeManifests(manifests).map(({ issue }) => issue);
}

/** Argo CD would put the object into the namespace of its Application. */
function misplaced({ object }: Manifest): Finding[] {
  const scope = loadSchema(object.apiVersion, object.kind)?.scope;
  if (scope !== 'Namespaced' || object.metadata.namespace !== undefined) return [];
  const message = `the kind is of scope ${scope}`;
  return [{ pointer: ['metadata'], message, rule: 'scope', class: 'policy' }];
}

function toIssue(
  { pointer, message, rule, level = 'error', hint, class: judged }: Finding,
  { object, owner }: Manifest,
): Issue {
  const place = pointer.length === 0 ? '' : ` ${formatPointer(pointer)}`;
  return {
    level,
    class: judged,
    rule,
    message: `${nameObject(object)} in dist/${owner.path}:${place} ${message}`,
    source: { file: owner.source, line: 1, column: 1 },
    ...(hint !== undefined && { hint }),
  };
}
