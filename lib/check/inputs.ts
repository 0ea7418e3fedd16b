import { posix } from 'node:path';
import type { ValidateFunction } from 'ajv';
import clusterSchema from '../../imports/schemas/cluster.json';
import tenantSchema from '../../imports/schemas/tenant.json';
import { compare, type Issue } from '../issue';
import { loadFolder } from '../load/files';
import type { Document } from '../load/yaml';
import type { ClusterFile } from '../schema/cluster';
import type { TenantFile } from '../schema/tenant';
import { checkFileName } from './file-name';
import { checkSchema, compileSchema } from './schema/schema';
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
  const tenants = loadTyped<TenantFile>(root, 'tenants', tenantSchema, issues);
  const clusters = loadTyped<ClusterFile>(root, 'clusters', clusterSchema, issues);
  return { tenants, clusters, issues };
}

/** Compiling takes longer than checking a hundred files. */
const validators = new Map<object, ValidateFunction>();

function validatorOf(schema: object): ValidateFunction {
  const validate = validators.get(schema) ?? compileSchema(schema);
  validators.set(schema, validate);
  return validate;
}

function loadTyped<T>(root: string, folder: string, schema: object, issues: Issue[]): Folder<T> {
  const loaded = loadFolder(root, folder);
  issues.push(...loaded.issues);
  const broken = new Set(loaded.issues.flatMap(({ source }) => source?.file ?? []));
  const validate = validatorOf(schema);
  const inputs: Input<T>[] = [];
  for (const document of loaded.documents) {
    const found = [...checkSchema(document, validate), ...checkFileName(document), ...checkSecrets(document)];
    issues.push(...found);
    if (found.length === 0 && !broken.has(document.file))
      inputs.push({ document, file: document.value as T });
  }
  const files = new Set([...loaded.documents.map(({ file }) => file), ...broken]);
  return { inputs, names: [...files].map((file) => posix.basename(file, '.yaml')).sort(compare) };
}
