import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What stands at a path below dist/. Symbolic links and devices are `other`: nobody follows them. */
export type Entry = 'file' | 'folder' | 'other';

/** Everything below a folder by its path with `/`; nothing where the folder is missing. Throws when it cannot be read. */
export function readTree(root: string): Map<string, Entry> {
  const tree = new Map<string, Entry>();
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      tree.set(path, entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other');
      if (entry.isDirectory()) walk(path);
    }
  };
  if (existsSync(root)) walk('');
  return tree;
}
