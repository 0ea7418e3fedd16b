import type { Issue } from '../issue';
import type { Platform } from '../model/platform';
import { collect } from './collect';
import { checkFiles, checkIdentities } from './identity';
import type { Manifest } from './manifest';
import { planFiles } from './plan';

/** Looks at the objects of one tenant or component. */
export type Judge = (manifests: readonly Manifest[]) => Issue[];

export interface Rendered {
  /** Bytes by path below dist/. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly objects: number;
  /** Collisions, and what the judge found. */
  readonly issues: readonly Issue[];
}

/**
 * The whole of dist/, in memory. A judge sees the objects of one tenant or component at a time; after that only
 * their bytes are kept, a tenth of their size.
 */
export function render(platform: Platform, judge: Judge = () => []): Rendered {
  const files = new Map<string, Buffer>();
  const heads: Manifest[] = [];
  const issues: Issue[] = [];
  for (const manifests of collect(platform)) {
    for (const [path, bytes] of planFiles(manifests)) files.set(path, bytes);
    issues.push(...judge(manifests));
    heads.push(...manifests.map(headOf));
  }
  return {
    files,
    objects: heads.length,
    issues: [...issues, ...checkIdentities(heads), ...checkFiles(heads)],
  };
}

/** What tells an object from others. */
function headOf({ object, owner }: Manifest): Manifest {
  const { apiVersion, kind } = object;
  const { name, namespace } = object.metadata;
  const metadata = namespace === undefined ? { name } : { name, namespace };
  return { object: { apiVersion, kind, metadata }, owner };
}
