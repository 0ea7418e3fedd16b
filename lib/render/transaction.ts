import type fs from 'node:fs';

/** File-system calls that change something, each with its way back. */
export interface Transaction {
  rename(from: string, to: string): void;
  /** Makes one folder. */
  mkdir(path: string): void;
  /** Removes one empty folder. */
  rmdir(path: string): void;
  /** Undoes all of it, the last call first. Throws the first error after it has tried everything. */
  rollback(): void;
}

/** A transaction without calls yet. */
export function beginTransaction(
  disk: Pick<typeof fs, 'renameSync' | 'mkdirSync' | 'rmdirSync'>,
): Transaction {
  const undo: (() => void)[] = [];
  return {
    rename(from, to) {
      disk.renameSync(from, to);
      undo.push(() => disk.renameSync(to, from));
    },
    mkdir(path) {
      disk.mkdirSync(path);
      undo.push(() => disk.rmdirSync(path));
    },
    rmdir(path) {
      disk.rmdirSync(path);
      undo.push(() => disk.mkdirSync(path));
    },
    rollback() {
      const errors: unknown[] = [];
      for (const step of undo.reverse()) {
        try {
          step();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors[0];
    },
  };
}
