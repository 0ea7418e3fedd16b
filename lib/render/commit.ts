import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { compare } from '../issue';
import { ancestors } from './identity';
import type { Plan } from './plan';
import { beginTransaction, type Transaction } from './transaction';

/** The file-system calls of a commit; tests let them fail. */
export type Disk = Pick<
  typeof fs,
  | 'lstatSync'
  | 'mkdirSync'
  | 'mkdtempSync'
  | 'readdirSync'
  | 'realpathSync'
  | 'renameSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'writeFileSync'
>;

/** Where a commit works: the folder it changes, and a folder beside it for new and for old files. */
interface Site {
  readonly disk: Disk;
  readonly root: string;
  readonly stage: string;
  readonly changes: Transaction;
}

/**
 * Makes dist/ what the plan says, or leaves it as it was and throws an Error. New files are complete before the
 * first file of dist/ moves, and old files are moved aside until all is done.
 */
export function commit(dist: string, plan: Plan, disk: Disk = fs): void {
  refuse(plan);
  if (plan.write.length === 0 && plan.delete.length === 0) return;
  const changes = beginTransaction(disk);
  let stage: string | undefined;
  try {
    if (disk.lstatSync(dist, { throwIfNoEntry: false }) === undefined) changes.mkdir(dist);
    const root = disk.realpathSync(dist);
    // Beside dist/, because a rename must not cross file systems.
    stage = disk.mkdtempSync(join(dirname(root), '.dist-'));
    apply(plan, { disk, root, stage, changes });
  } catch (error) {
    undo(dist, changes, stage, error);
    removeStage(stage, disk);
    throw new Error(`cannot write ${dist}, it is as it was: ${messageOf(error)}`, { cause: error });
  }
  removeStage(stage, disk);
}

function removeStage(stage: string | undefined, disk: Disk): void {
  if (stage === undefined) return;
  try {
    disk.rmSync(stage, { recursive: true, force: true });
  } catch {
    // dist/ is whole by now; a folder left beside it is litter, not a failure.
  }
}

function refuse(plan: Plan): void {
  if (plan.foreign.length > 0) throw new Error(`not written by tenantry: ${plan.foreign.join(', ')}`);
  for (const path of [...plan.delete, ...plan.write.map((file) => file.path)]) {
    if (path.split('/').some((name) => ['', '.', '..'].includes(name))) {
      throw new Error(`not a path below dist: ${path}`);
    }
  }
}

/** Deletes first: a file may become a folder, and on some systems `A.yaml` and `a.yaml` are one file. */
function apply(plan: Plan, site: Site): void {
  const { disk, root, stage, changes } = site;
  for (const [index, { bytes }] of plan.write.entries())
    disk.writeFileSync(join(stage, `new-${index}`), bytes);
  for (const [index, path] of plan.delete.entries()) {
    for (const folder of ancestors(path)) requireFolder(folder, site);
    changes.rename(join(root, path), join(stage, `deleted-${index}`));
  }
  removeEmptyFolders(plan.delete, site);
  for (const [index, { path }] of plan.write.entries()) {
    for (const folder of ancestors(path)) requireFolder(folder, site);
    clear(path, join(stage, `old-${index}`), site);
    changes.rename(join(stage, `new-${index}`), join(root, path));
  }
}

/** Makes the folder where nothing is. Whatever else is there, a symbolic link above all, is an error. */
function requireFolder(path: string, { disk, root, changes }: Site): void {
  const there = disk.lstatSync(join(root, path), { throwIfNoEntry: false });
  if (there === undefined) changes.mkdir(join(root, path));
  else if (!there.isDirectory()) throw new Error(`${path} is not a folder`);
}

/** Makes room for a file: the old one is moved aside, an empty folder removed. */
function clear(path: string, aside: string, { disk, root, changes }: Site): void {
  const target = join(root, path);
  const there = disk.lstatSync(target, { throwIfNoEntry: false });
  if (there?.isFile()) changes.rename(target, aside);
  else if (there?.isDirectory()) changes.rmdir(target);
  else if (there) throw new Error(`${path} is not a file`);
}

/** Removes the folders that the deleted files left empty, the deepest first. */
function removeEmptyFolders(deleted: readonly string[], { disk, root, changes }: Site): void {
  const folders = [...new Set(deleted.flatMap(ancestors))].sort((a, b) => compare(b, a));
  for (const folder of folders) {
    if (disk.readdirSync(join(root, folder)).length === 0) changes.rmdir(join(root, folder));
  }
}

function undo(dist: string, changes: Transaction, stage: string | undefined, cause: unknown): void {
  try {
    changes.rollback();
  } catch (error) {
    const message = `cannot write ${dist} (${messageOf(cause)}), nor restore it (${messageOf(error)})`;
    throw new Error(`${message}: its old files are in ${stage}`, { cause });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
