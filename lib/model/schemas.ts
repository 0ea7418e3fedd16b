import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { own } from '../own';
import {
  type CustomResourceSchema,
  type KindSchema,
  type KubernetesSchemas,
  refTo,
  schemaPath,
} from './schema';

/** Looks a kind up by `apiVersion` and `kind`; undefined means nobody imported it. */
export type LoadSchema = (apiVersion: string, kind: string) => KindSchema | undefined;

/** A look-up in a folder laid out like imports/schemas. Files are read when first asked for, once. */
export function schemasIn(folder: string): LoadSchema {
  const files = new Set(customResourceFiles(folder));
  const cache = new Map<string, KindSchema | undefined>();
  let kubernetes: KubernetesSchemas | undefined;
  return (apiVersion, kind) => {
    const key = `${apiVersion}/${kind}`;
    if (!cache.has(key)) {
      kubernetes ??= readJson<KubernetesSchemas>(join(folder, 'kubernetes.json'));
      cache.set(key, customResource(folder, files, key, kubernetes) ?? coreKind(key, kubernetes));
    }
    return cache.get(key);
  };
}

let committed: LoadSchema | undefined;

/** The schema of a kind that `npm run import` has brought in, or undefined. */
export function loadSchema(apiVersion: string, kind: string): KindSchema | undefined {
  committed ??= schemasIn(join(__dirname, '../../imports/schemas'));
  return committed(apiVersion, kind);
}

function customResourceFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`));
}

function customResource(
  folder: string,
  files: ReadonlySet<string>,
  key: string,
  { definitions }: KubernetesSchemas,
): KindSchema | undefined {
  const [group = '', version = '', kind = '', ...rest] = key.split('/');
  const file = schemaPath({ group, version, kind });
  if (rest.length > 0 || !files.has(file)) return undefined;
  const schema = readJson<CustomResourceSchema>(join(folder, file));
  // File names are in lower case, kinds are not.
  if (schema['x-kubernetes-group-version-kind']?.[0]?.kind !== kind) return undefined;
  return { schema, definitions, scope: schema['x-tenantry'].scope };
}

function coreKind(key: string, { definitions, kinds }: KubernetesSchemas): KindSchema | undefined {
  const found = own(kinds, key);
  return found && { schema: { $ref: refTo(found.definition) }, definitions, scope: found.scope };
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
