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
import type { Checked } from './reporter';
import { remainsOf } from './schema/remains';
import { checkSchema, compileSchema } from './schema/schema';
import { checkSecrets } from './secrets';

/** A file that fits its schema, or what is left of it. */
export interface Input<T> {
  readonly document: Checked;
  readonly file: T;
}

/** All files of one folder: those that fit the schema, what is left of others, and the names of all. */
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
  const tenants = loadTyped<TenantFile>(root, 'tenants', tenantSchema, issues, STAND_IN);
  const clusters = loadTyped<ClusterFile>(root, 'clusters', clusterSchema, issues);
  return { tenants, clusters, issues };
}

/** Takes the place of what a tenant file cannot be without; no check of SURE looks at these values. */
const STAND_IN = {
  apiVersion: 'tenantry.dev/v1alpha1',
  kind: 'Tenant',
  spec: {
    owner: 'nobody@example.com',
    members: { admins: ['stand-in'] },
    quota: { cpu: 1, memory: '1Gi', storage: '1Gi' },
  },
};

/** What is left of a broken file. Default: undefined; catalogues of a cluster are looked up, and have to be whole. */
function restOf(document: Document, validate: ValidateFunction, standIn?: object): Checked | undefined {
  const rest = standIn && remainsOf(document.value, validate, standIn);
  if (rest === undefined) return undefined;
  return rest.removed.length === 0 ? document : { ...document, ...rest };
}

/** Compiling takes longer than checking a hundred files. */
const validators = new Map<object, ValidateFunction>();

function validatorOf(schema: object): ValidateFunction {
  const validate = validators.get(schema) ?? compileSchema(schema);
  validators.set(schema, validate);
  return validate;
}

function loadTyped<T>(
  root: string,
  folder: string,
  schema: object,
  issues: Issue[],
  standIn?: object,
): Folder<T> {
  const loaded = loadFolder(root, folder);
  issues.push(...loaded.issues);
  const broken = new Set(loaded.issues.flatMap(({ source }) => source?.file ?? []));
  const validate = validatorOf(schema);
  const inputs: Input<T>[] = [];
  for (const document of loaded.documents) {
    const found = [...checkSchema(document, validate), ...checkFileName(document), ...checkSecrets(document)];
    issues.push(...found);
    if (broken.has(document.file)) continue;
    const checked = found.length === 0 ? document : restOf(document, validate, standIn);
    if (checked !== undefined) inputs.push({ document: checked, file: checked.value as T });
  }
  const files = new Set([...loaded.documents.map(({ file }) => file), ...broken]);
  return { inputs, names: [...files].map((file) => posix.basename(file, '.yaml')).sort(compare) };
}
