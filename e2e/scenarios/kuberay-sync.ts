import { basename, dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Api, Body, Reference } from '../api';
import type { Document } from '../dist';
import { assert } from '../scenario';
import { nameOf } from './kuberay-objects';

interface Ignored {
  readonly group?: string;
  readonly kind: string;
  readonly jqPathExpressions?: readonly string[];
}

/** What an Application of dist/ says of how it syncs. */
export interface Sync {
  readonly syncOptions: readonly string[];
  readonly ignoreDifferences: readonly Ignored[];
}

/** The Application that a document is synced by. It must compare as this file does, or it proves nothing. */
export function syncOf(documents: readonly Document[], { path }: Document): Sync {
  const found = documents
    .map(({ object }) => object as Reference & Body)
    .find(({ kind, spec }) => kind === 'Application' && covers(spec.source, path));
  assert(found !== undefined, `no Application of dist/ syncs ${path}`);
  const { syncPolicy, ignoreDifferences = [] } = found.spec;
  const compare: string = found.metadata.annotations?.['argocd.argoproj.io/compare-options'] ?? '';
  assert(compare.includes('ServerSideDiff=true'), `${nameOf(found)} does not compare by dry run`);
  const syncOptions: string[] = syncPolicy.syncOptions;
  assert(syncOptions.includes('ServerSideApply=true'), `${nameOf(found)} does not apply on the server`);
  assert(
    !syncOptions.includes('RespectIgnoreDifferences=true'),
    `${nameOf(found)} takes ignored fields over`,
  );
  return { syncOptions, ignoreDifferences };
}

function covers({ path: folder, directory = {} }: Body, path: string): boolean {
  if (!`/${folder}`.endsWith(`/${dirname(path)}`)) return false;
  const file = basename(path);
  return directory.include === undefined ? directory.exclude !== file : directory.include === file;
}

/** Automatic sync as Argo CD does it (gitops-engine): nothing if all is in sync, else what it has to. Gives what it applied. */
export async function sync(
  api: Api,
  { syncOptions, ignoreDifferences }: Sync,
  git: readonly Document[],
): Promise<string[]> {
  const outOfSync: Document[] = [];
  for (const one of git) if (await differs(api, one, ignoreDifferences)) outOfSync.push(one);
  const applied = outOfSync.length === 0 || syncOptions.includes('ApplyOutOfSyncOnly=true') ? outOfSync : git;
  for (const { object, text } of applied) {
    const { status, body } = await api.apply(object, text);
    assert(status < 300, `${nameOf(object)}: ${status} ${body.message}`);
  }
  return applied.map(({ object }) => nameOf(object));
}

/** Whether a server-side apply would change anything that is not ignored. */
async function differs(api: Api, { object, text }: Document, ignored: readonly Ignored[]): Promise<boolean> {
  const { status, body: live } = await api.get(object);
  if (status === 404) return true;
  const { status: answer, body: predicted } = await api.apply(object, text, true);
  assert(answer < 300, `${nameOf(object)}, dry run: ${answer} ${predicted.message}`);
  const paths = ignored
    .filter(({ kind, group = '' }) => kind === object.kind && object.apiVersion.startsWith(`${group}/`))
    .flatMap(({ jqPathExpressions = [] }) => jqPathExpressions);
  return !isDeepStrictEqual(normalized(live, paths), normalized(predicted, paths));
}

/** The object without what the API server keeps account of, its status, and the ignored paths. */
function normalized(object: Body, paths: readonly string[]): Body {
  const { status, metadata, ...copy } = structuredClone(object);
  const { managedFields, resourceVersion, generation, ...rest } = metadata;
  for (const path of paths) remove(copy, path.split('.').slice(1));
  return { ...copy, metadata: rest };
}

/** Removes a jq path of fields and `[]`; other jq is not read here. */
function remove(value: Body, [step = '', ...others]: readonly string[]): void {
  const [, field = '', each] = /^(\w+)(\[\])?$/.exec(step) ?? [];
  assert(field !== '', `a jq path of dist/ has the step "${step}", which is not read here`);
  if (others.length === 0) delete (value as Record<string, unknown>)[field];
  else for (const item of each === undefined ? [value[field]] : (value[field] ?? [])) remove(item, others);
}
