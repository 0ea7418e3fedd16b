import { posix } from 'node:path';
import type { Issue } from '../issue';
import { loadFolder } from '../load/files';
import type { Document } from '../load/yaml';
import { type ClusterFile, ClusterSchema } from '../schema/cluster';
import { type TenantFile, TenantSchema } from '../schema/tenant';
import { checkFileName } from './file-name';
import { checkSchema, compileSchema } from './schema';
import { checkSecrets } from './secrets';

/** A file that fits its schema. */
export interface Input<T> {
  readonly document: Document;
  readonly file: T;
}

/** All files of one folder: those that fit the schema, and the names of all. */
export interface Folder<T> {
  readonly inputs: readonly Input<T>[];
  /** Names by file, broken ones included, so that a reference to a broken file is not called unknown. */
  readonly names: readonly string[];
}

export interface Inputs {
  readonly tenants: Folder<TenantFile>;
  readonly clusters: Folder<ClusterFile>;
  readonly issues: readonly Issue[];
}

/** Reads tenants/ and clusters/ below root, and checks each file by itself against its schema. */
export function loadInputs(root: string): Inputs {
  const issues: Issue[] = [];
  const tenants = loadTyped<TenantFile>(root, 'tenants', TenantSchema, issues);
  const clusters = loadTyped<ClusterFile>(root, 'clusters', ClusterSchema, issues);
  return { tenants, clusters, issues };
}

function loadTyped<T>(root: string, folder: string, schema: object, issues: Issue[]): Folder<T> {
  const loaded = loadFolder(root, folder);
  issues.push(...loaded.issues);
  const broken = new Set(loaded.issues.map(({ source }) => source?.file));
  const validate = compileSchema(schema);
  const inputs: Input<T>[] = [];
  for (const document of loaded.documents) {
    const found = [...checkSchema(document, validate), ...checkFileName(document), ...checkSecrets(document)];
    issues.push(...found);
    if (found.length === 0 && !broken.has(document.file))
      inputs.push({ document, file: document.value as T });
  }
  return { inputs, names: loaded.documents.map(({ file }) => posix.basename(file, '.yaml')) };
}
