import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, type Issue } from '../issue';
import { dumpFile } from './dump';
import { headerOf, isGenerated } from './header';
import { ancestors } from './identity';
import { compareObjects } from './kinds';
import type { Manifest } from './manifest';
import { readTree } from './tree';

/** What a run would do to dist/. Paths are below dist/, with `/`, by code unit. */
export interface Plan {
  readonly write: readonly PlannedFile[];
  readonly delete: readonly string[];
  /** How many files are already as they should be. */
  readonly same: number;
  /** What tenantry neither made nor makes, in scope or in the way. It is never deleted: nothing may run. */
  readonly foreign: readonly string[];
  /** All that is there before the run, in scope or not, but folders. */
  readonly existing: readonly string[];
  /** What is in the files that are written anew or deleted, by their path. */
  readonly old: ReadonlyMap<string, Buffer>;
}

export interface PlannedFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** The bytes of every output file by its path below dist/. A string that was joined would keep all its pieces alive. */
export function planFiles(manifests: readonly Manifest[]): Map<string, Buffer> {
  const byPath = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const group = byPath.get(manifest.owner.path);
    if (group === undefined) byPath.set(manifest.owner.path, [manifest]);
    else group.push(manifest);
  }
  const files = new Map<string, Buffer>();
  for (const [path, group] of [...byPath].sort(([a], [b]) => compare(a, b))) {
    const [source = ''] = group.map(({ owner }) => owner.source).sort(compare);
    const objects = group.map(({ object }) => object).sort(compareObjects);
    files.set(path, Buffer.from(dumpFile(objects, headerOf(source))));
  }
  return files;
}

/**
 * Compares planned files with dist/. Only paths in scope are read, written or deleted, so that a narrowed run
 * leaves the others alone. Throws when dist/ cannot be read.
 */
export function planChanges(
  dist: string,
  files: ReadonlyMap<string, Buffer>,
  scope: (path: string) => boolean,
): Plan {
  const tree = readTree(dist);
  const existing = [...tree.keys()].filter((path) => tree.get(path) !== 'folder').sort(compare);
  const found = new Map<string, Buffer | undefined>();
  for (const path of existing) {
    if (scope(path)) found.set(path, tree.get(path) === 'file' ? readFileSync(join(dist, path)) : undefined);
  }
  const foreign = new Set(
    [...found]
      .filter(([path, bytes]) => !bytes || !(files.has(path) || isGenerated(bytes)))
      .map(([path]) => path),
  );
  const planned = [...files].filter(([path]) => scope(path) && !foreign.has(path));
  const changed = planned.filter(([path, bytes]) => !found.get(path)?.equals(bytes));
  const write = changed.map(([path, bytes]) => ({ path, bytes })).sort((a, b) => compare(a.path, b.path));
  const orphans = [...found.keys()].filter((path) => !files.has(path) && !foreign.has(path));
  const blockers = findBlockers(write, existing, new Set(orphans));
  const old = [...write.map(({ path }) => path), ...orphans].flatMap((path): [string, Buffer][] => {
    const bytes = found.get(path);
    return bytes === undefined ? [] : [[path, bytes]];
  });
  return {
    write,
    delete: orphans,
    same: planned.length - write.length,
    foreign: [...new Set([...foreign, ...blockers])].sort(compare),
    existing,
    old: new Map(old),
  };
}

/** What stays where a planned file needs a folder, or below a folder where it needs a file. */
function findBlockers(
  write: readonly PlannedFile[],
  existing: readonly string[],
  removed: ReadonlySet<string>,
): string[] {
  const planned = new Set(write.map(({ path }) => path));
  const folders = new Set(write.flatMap(({ path }) => ancestors(path)));
  return existing.filter(
    (path) =>
      !removed.has(path) && (folders.has(path) || ancestors(path).some((folder) => planned.has(folder))),
  );
}

// A small cluster may lose a tenant any day; a large one that loses many has lost its tenant files.
const GUARDED_TENANTS = 10;
const FREE_SHARE = 0.1;
const SHOWN = 5;

/** Errors for every cluster of at least 10 tenants that would lose more than 10 % of them. */
export function checkDeletion(plan: Pick<Plan, 'existing' | 'delete' | 'write'>): Issue[] {
  const deleted = new Set(plan.delete);
  const kept = plan.existing.filter((path) => !deleted.has(path));
  const after = tenantsByCluster([...kept, ...plan.write.map(({ path }) => path)]);
  return [...tenantsByCluster(plan.existing)].flatMap(([cluster, before]): Issue[] => {
    const gone = [...before].filter((tenant) => !after.get(cluster)?.has(tenant));
    if (before.size < GUARDED_TENANTS || gone.length <= before.size * FREE_SHARE) return [];
    const names = gone.slice(0, SHOWN).join(', ') + (gone.length > SHOWN ? ', …' : '');
    const message = `${gone.length} of ${before.size} tenants of cluster ${cluster} would be deleted: ${names}`;
    return [
      { level: 'error', rule: 'mass-deletion', message, hint: 'if that is meant, pass --allow-delete' },
    ];
  });
}

/** Tenants with a file in their folder `<cluster>/tenants/<tenant>/`. */
function tenantsByCluster(paths: readonly string[]): Map<string, Set<string>> {
  const clusters = new Map<string, Set<string>>();
  for (const path of paths) {
    const [cluster = '', area, tenant, file] = path.split('/');
    if (area !== 'tenants' || tenant === undefined || file === undefined) continue;
    clusters.set(cluster, (clusters.get(cluster) ?? new Set<string>()).add(tenant));
  }
  return clusters;
}
