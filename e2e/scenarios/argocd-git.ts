import type { Reference } from '../api';
import { gitOf } from '../operators/argocd';
import type { Stage } from '../scenario';
import { settle } from './argocd-applications';

/** What a commit changes: files by their path below dist/<cluster>/. */
export type Change = (files: Map<string, string>) => void;

/** Commits dist/ as it is, or with changes. Returns the commit. */
export function commit({ cluster, documents, site }: Stage, ...changes: readonly Change[]): string {
  const files = new Map<string, string>();
  for (const { path, text } of documents) {
    const before = files.get(path);
    files.set(path, before === undefined ? text : `${before}---\n${text}`);
  }
  for (const change of changes) change(files);
  const inRepository = [...files].map(([path, text]): [string, string] => [`dist/${cluster}/${path}`, text]);
  return gitOf(site).commit(new Map(inRepository), 'a change');
}

/** Runs after a commit with changes, then commits dist/ as it was and waits until these Applications have it. */
export async function withCommit(
  stage: Stage,
  changes: readonly Change[],
  names: readonly string[],
  run: (revision: string) => Promise<void>,
): Promise<void> {
  try {
    await run(commit(stage, ...changes));
  } finally {
    await settle(stage.api, names, commit(stage));
  }
}

/** Replaces text everywhere in a file; it must be there. */
export function replacing(path: string, text: string | RegExp, by: string): Change {
  return (files) => {
    const before = files.get(path) ?? '';
    // A function, for an entrypoint in the text may have a dollar sign.
    const after = before.replaceAll(text, () => by);
    if (after === before) throw new Error(`${path} has no ${text}`);
    files.set(path, after);
  };
}

/** Adds a file with objects. */
export function adding(path: string, objects: readonly Reference[]): Change {
  // JSON is YAML too.
  return (files) => files.set(path, objects.map((object) => JSON.stringify(object)).join('\n---\n'));
}

/** Takes away every file of a tenant, as synth does when its file is gone. */
export function removing(tenant: string): Change {
  return (files) => {
    for (const path of [...files.keys()]) {
      if (path === `argocd/${tenant}.yaml` || path.startsWith(`tenants/${tenant}/`)) files.delete(path);
    }
  };
}
