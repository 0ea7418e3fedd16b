import type { Files } from '../internet/git';
import { gitOf } from '../operators/argocd';
import type { Stage } from '../scenario';

/** What a commit changes: files by their path below dist/<cluster>/. */
export type Change = (files: Map<string, string>) => void;

/** Commits dist/ as it is, or with a change. Returns the commit. */
export function commit({ cluster, documents, site }: Stage, change: Change = () => {}): string {
  const files = new Map<string, string>();
  for (const { path, text } of documents) {
    const before = files.get(path);
    files.set(path, before === undefined ? text : `${before}---\n${text}`);
  }
  change(files);
  return gitOf(site).commit(inRepository(files, cluster), 'a change');
}

function inRepository(files: Files, cluster: string): Files {
  return new Map([...files].map(([path, text]) => [`dist/${cluster}/${path}`, text]));
}

/** Replaces text in a file; it must be there. */
export function replacing(path: string, text: string | RegExp, by: string): Change {
  return (files) => {
    const before = files.get(path) ?? '';
    const after = before.replace(text, by);
    if (after === before) throw new Error(`${path} has no ${text}`);
    files.set(path, after);
  };
}

/** One change after another. */
export function all(...changes: readonly Change[]): Change {
  return (files) => {
    for (const change of changes) change(files);
  };
}
